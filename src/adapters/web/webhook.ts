import { type Context, Hono } from 'hono';

import type { Log } from '#ports/log.ts';

import { type Budget, createBudget, readBody } from './body.ts';
import { inTime } from './in-time.ts';

/** Which requests are those of a source, and what becomes of them. */
export type Webhook = {
  path: string;
  /** The largest body that the source sends, in bytes, and in words. */
  largest: { bytes: number; words: string };
  /** False: no body of this request could be the source's, so that it is not read. */
  mayBe: (header: Header) => boolean;
  /** Whether these very bytes are the source's; asked before anything of them is understood. */
  proves: (header: Header, body: Uint8Array) => boolean;
  unproved: string;
  /** What to do about it, null where it is of no interest; a reason where it will never be right. */
  read: (body: string, header: Header) => Read;
  answerWithinMs: number;
  /** What is answered once it is recorded; 202 where more is done later. */
  done: 200 | 202;
};

export type Header = (name: string) => string | undefined;
export type Read = { ok: true; work: (() => Promise<void>) | null } | { ok: false; reason: string };

const retryAfterSeconds = '5';
/**
 * What is held of one source at one time, before its bodies are proved: what strangers send under its
 * name keeps no other source out. One body of GitHub may be 25 MiB.
 */
const mostHeldBytes = 64 * 1024 * 1024;

/**
 * One address for what a source sends. Sources send again after a 5xx and give up after a 4xx; so any
 * fault of ours is a 503, and only what will never be right is a 4xx: 401 before anything is read of
 * it, 413, and 400 with a reason. A 2xx goes out after the work resolved, when all of it is recorded.
 */
export function webhookRoutes(webhook: Webhook, deps: { log: Log; budget?: Budget }): Hono {
  const { path, largest, mayBe, proves, unproved, read, answerWithinMs, done } = webhook;
  const budget = deps.budget ?? createBudget(mostHeldBytes);
  const routes = new Hono();

  async function take(context: Context): Promise<Uint8Array | Response> {
    const given = budget.take(bytesOf(context, largest.bytes));
    if (given === null) return later(context, 'too much is being received, send it again');
    try {
      const body = await readBody(context.req.raw, largest.bytes);
      return body ?? refuse(context, 413, `the body is larger than ${largest.words}`);
    } catch {
      return refuse(context, 400, 'the body ended before it was whole');
    } finally {
      given();
    }
  }

  routes.post(path, async (context) => {
    const header: Header = (name) => context.req.header(name);
    if (!mayBe(header)) return refuse(context, 401, unproved);
    const body = await take(context);
    if (body instanceof Response) return body;
    if (!proves(header, body)) return context.json({ error: unproved }, 401);
    const found = read(Buffer.from(body).toString('utf8'), header);
    if (!found.ok) return context.json({ error: found.reason }, 400);
    if (found.work === null) return context.json({ ignored: true });
    try {
      await inTime(found.work(), answerWithinMs);
      return context.json({ ok: true }, done);
    } catch (error) {
      deps.log.error({ error, path }, 'what a source sent could not be recorded');
      return later(context, 'not recorded, send it again');
    }
  });
  return routes;
}

/** As it was announced; what comes in pieces may become as large as it may. */
function bytesOf(context: Context, most: number): number {
  const announced = Number(context.req.header('content-length') ?? Number.NaN);
  return Number.isInteger(announced) && announced >= 0 ? Math.min(announced, most) : most;
}

/** Part of the body is still to come; the connection must not be used for another request. */
function refuse(context: Context, status: 400 | 401 | 413, error: string): Response {
  context.header('Connection', 'close');
  return context.json({ error }, status);
}

function later(context: Context, error: string): Response {
  context.header('Connection', 'close');
  context.header('Retry-After', retryAfterSeconds);
  return context.json({ error }, 503);
}
