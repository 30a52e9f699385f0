import { z } from 'zod';

export type Probe =
  | { kind: 'silent'; reason: string }
  | {
      kind: 'answered';
      /** Slack's word for why not; null: it takes the token. */
      error: string | null;
      /** Of the token, as Slack says them with each answer. */
      scopes: readonly string[];
      /** Whose token it is: `@handrail in Acme`. */
      who: string | null;
      date: Date | null;
    };

const WAIT_MS = 5_000;
const Answer = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  user: z.string().optional(),
  team: z.string().optional(),
});

/** Asks Slack about a token, with a method that changes nothing. */
export async function probe(
  slackApiUrl: string | null,
  method: 'auth.test' | 'apps.connections.open',
  token: string,
): Promise<Probe> {
  try {
    const response = await fetch(new URL(method, slackApiUrl ?? 'https://slack.com/api/'), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(WAIT_MS),
    });
    const answer = Answer.parse(await response.json());
    const date = new Date(response.headers.get('date') ?? '');
    return {
      kind: 'answered',
      who: answer.user === undefined ? null : `@${answer.user} in ${answer.team}`,
      error: answer.ok ? null : (answer.error ?? 'unknown_error'),
      scopes: (response.headers.get('x-oauth-scopes') ?? '')
        .split(',')
        .map((scope) => scope.trim())
        .filter((scope) => scope !== ''),
      date: Number.isNaN(date.getTime()) ? null : date,
    };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return { kind: 'silent', reason: timedOut ? 'no answer in 5 s' : 'it could not be reached' };
  }
}
