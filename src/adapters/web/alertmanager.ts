import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import type { AlertNotification } from '#domain/alert.ts';
import type { Log } from '#ports/log.ts';

import { readAlertmanagerPayload } from './alertmanager-payload.ts';
import { bearsToken } from './bearer.ts';
import { inTime } from './in-time.ts';

const largestBody = 1024 * 1024;
const retryAfterSeconds = '5';

/**
 * `POST /webhooks/alertmanager`. Alertmanager sends again only after a 5xx and gives an alert up
 * after a 4xx; so any fault of ours is a 503, and only what will never be right is a 400. A 2xx
 * goes out after `receiveAlert` resolved, which is when everything is recorded. Without a token
 * there is no such address.
 */
export function alertmanagerRoutes(deps: {
  tokens: readonly string[];
  receiveAlert: (notification: AlertNotification) => Promise<void>;
  log: Log;
  /** After this it is a 503; that the alert is recorded after all does no harm. */
  answerWithinMs?: number;
}): Hono {
  const tokens = deps.tokens.filter((token) => token !== '');
  const routes = new Hono();
  if (tokens.length === 0) return routes;

  routes.post(
    '/webhooks/alertmanager',
    async (context, next) => {
      if (bearsToken(context.req.header('authorization'), tokens)) return next();
      // The body was not read; the connection must not be used for another request.
      context.header('Connection', 'close');
      context.header('WWW-Authenticate', 'Bearer');
      return context.json({ error: 'the token is missing or wrong' }, 401);
    },
    bodyLimit({
      maxSize: largestBody,
      onError: (context) => {
        context.header('Connection', 'close');
        return context.json({ error: 'the body is larger than 1 MiB' }, 413);
      },
    }),
    async (context) => {
      const read = readAlertmanagerPayload(await context.req.text());
      if (!read.ok) return context.json({ error: read.reason }, 400);
      try {
        await inTime(deps.receiveAlert(read.notification), deps.answerWithinMs ?? 10_000);
        return context.json({ ok: true });
      } catch (error) {
        deps.log.error({ error, group: read.notification.group }, 'alert not recorded');
        context.header('Retry-After', retryAfterSeconds);
        return context.json({ error: 'not recorded, send it again' }, 503);
      }
    },
  );
  return routes;
}
