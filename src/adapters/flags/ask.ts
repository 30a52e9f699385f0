import { z } from 'zod';

import { parseForeign } from '#domain/well-formed-json.ts';
import type { OutboundResponse } from '#ports/outbound.ts';
import { PortError } from '#ports/port-error.ts';

/** One request to where the flags are kept, below the connection's URL; never repeated. */
export type Ask = (request: {
  path: string;
  method: 'GET' | 'POST' | 'PUT';
  headers?: Record<string, string>;
  body?: object;
}) => Promise<OutboundResponse>;

const Problem = z.object({
  code: z.string().optional(),
  message: z.string().optional(),
  errorDetails: z.string().optional(),
  current: z.json().optional(),
});

/** The answer as the API has it. A change that got anything else may have been made all the same. */
export function read<T>(schema: z.ZodType<T>, response: OutboundResponse): T {
  if (response.status !== 200) throw refusedBy(response);
  const parsed = schema.safeParse(parseForeign(Buffer.from(response.body).toString('utf8')));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`;
  const message = `The answer about the flag is not what its API says${where}.`;
  throw new PortError('flags.unknown', message, { retry: true, cause: parsed.error });
}

/** For a status other than 200. From 500 on, and for 429, the same call may succeed later. */
export function refusedBy(response: OutboundResponse): PortError {
  const { status } = response;
  const later = status >= 500 || status === 429;
  const code = status >= 500 ? 'flags.unknown' : later ? 'flags.busy' : 'flags.refused';
  return new PortError(code, refusalOf(response), { retry: later });
}

/** What an answer says of why it is none, in a sentence. */
export function refusalOf(response: OutboundResponse): string {
  const { message, errorDetails } = problemIn(response);
  const why = (message ?? errorDetails ?? 'no reason given').slice(0, 500);
  return `The flags' API answered ${response.status}: ${why}`;
}

export function problemIn(response: OutboundResponse): z.output<typeof Problem> {
  const parsed = Problem.safeParse(parseForeign(Buffer.from(response.body).toString('utf8')));
  return parsed.success ? parsed.data : {};
}
