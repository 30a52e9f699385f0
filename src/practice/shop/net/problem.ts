import type { Context } from 'hono';

type Status = 400 | 401 | 404 | 409 | 422 | 423 | 503;

/** An error of one of the platform's APIs: a code for programs, a message for people. */
export function problem(
  context: Context,
  status: Status,
  { code, message, ...more }: { code: string; message: string; current?: string | boolean },
): Response {
  context.header('Content-Type', 'application/problem+json');
  return context.body(JSON.stringify({ code, message, ...more }), status);
}
