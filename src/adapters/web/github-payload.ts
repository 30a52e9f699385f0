import { z } from 'zod';

import type { CodeEvent } from '#app/receive-code-event.ts';

const repository = z.object({ full_name: z.string().min(1).max(300) });
const Sha = z.string().regex(/^[0-9a-f]{40,64}$/);

const PullRequestPayload = z.object({
  action: z.string(),
  number: z.int().positive(),
  pull_request: z.object({ head: z.object({ sha: Sha }) }),
  repository,
});

const PushPayload = z.object({ ref: z.string(), repository });

const CHECKED = new Set(['opened', 'synchronize', 'reopened']);

type Read = { ok: true; event: CodeEvent | null } | { ok: false; reason: string };

/** What a delivery of GitHub tells us; null where it is of no interest here. */
export function readGitHubPayload(name: string, body: string): Read {
  switch (name) {
    case 'pull_request':
      return readAs(PullRequestPayload, body, ({ action, number, pull_request: pull, ...rest }) =>
        CHECKED.has(action)
          ? {
              kind: 'pullRequest',
              repository: rest.repository.full_name,
              number,
              head: pull.head.sha,
            }
          : null,
      );
    case 'push':
      return readAs(PushPayload, body, ({ ref, ...rest }) =>
        ref.startsWith('refs/heads/')
          ? {
              kind: 'push',
              repository: rest.repository.full_name,
              branch: ref.slice('refs/heads/'.length),
            }
          : null,
      );
    default:
      return { ok: true, event: null };
  }
}

function readAs<T>(
  schema: z.ZodType<T>,
  body: string,
  convert: (payload: T) => CodeEvent | null,
): Read {
  const parsed = schema.safeParse(parseJson(body));
  if (parsed.success) return { ok: true, event: convert(parsed.data) };
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? 'body' : issue.path.join('.');
  return { ok: false, reason: `${place.slice(0, 200)}: ${issue?.message ?? 'not understood'}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
