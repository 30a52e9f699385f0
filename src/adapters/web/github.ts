import { verifyWithFallback } from '@octokit/webhooks-methods';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import type { CodeEvent } from '#app/receive-code-event.ts';
import type { Log } from '#ports/log.ts';

import { readGitHubPayload } from './github-payload.ts';
import { inTime } from './in-time.ts';

/** GitHub sends nothing larger. */
const largestBody = 25 * 1024 * 1024;
const SIGNATURE = /^sha256=[0-9a-f]{64}$/i;
const unsigned = { error: 'the signature is missing or wrong' };

/**
 * `POST /webhooks/github`. A delivery counts only under one of the secrets, which is found out before
 * anything of it is read; two hold while one replaces the other. A 2xx goes out after `receive`
 * resolved. Without a secret there is no such address.
 */
export function githubRoutes(deps: {
  secrets: readonly string[];
  receive: (event: CodeEvent) => Promise<void>;
  log: Log;
  /** GitHub waits for ten seconds. */
  answerWithinMs?: number;
}): Hono {
  const [secret, ...others] = deps.secrets.filter((one) => one !== '');
  const routes = new Hono();
  if (secret === undefined) return routes;

  routes.post(
    '/webhooks/github',
    async (context, next) => {
      if (SIGNATURE.test(context.req.header('x-hub-signature-256') ?? '')) return next();
      // The body was not read; the connection must not be used for another request.
      context.header('Connection', 'close');
      return context.json(unsigned, 401);
    },
    bodyLimit({
      maxSize: largestBody,
      onError: (context) => {
        context.header('Connection', 'close');
        return context.json({ error: 'the body is larger than 25 MiB' }, 413);
      },
    }),
    async (context) => {
      const signature = context.req.header('x-hub-signature-256') ?? '';
      const body = await context.req.text();
      const signed = body !== '' && (await verifyWithFallback(secret, body, signature, others));
      if (!signed) return context.json(unsigned, 401);
      if (!/^application\/json\b/i.test(context.req.header('content-type') ?? '')) {
        return context.json({ error: 'set the content type of the webhook to JSON' }, 400);
      }

      const read = readGitHubPayload(context.req.header('x-github-event') ?? '', body);
      if (!read.ok) return context.json({ error: read.reason }, 400);
      if (read.event === null) return context.json({ ignored: true });
      try {
        await inTime(deps.receive(read.event), deps.answerWithinMs ?? 8_000);
        return context.json({ received: true }, 202);
      } catch (error) {
        deps.log.error({ error }, 'a delivery of GitHub could not be received');
        return context.json({ error: 'not received, send it again' }, 503);
      }
    },
  );
  return routes;
}
