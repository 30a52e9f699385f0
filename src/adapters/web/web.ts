import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import type { AlertNotification } from '#domain/alert.ts';
import type { Log } from '#ports/log.ts';
import { PortError } from '#ports/port-error.ts';

import { readAlertmanager } from './alertmanager.ts';

export type Web = { url: string; close(): Promise<void> };

const maxBody = 1024 * 1024;

/**
 * The HTTP entrance: health and webhooks. A webhook is answered with 2xx only when everything about
 * it is on record. What may pass is 503: Alertmanager sends again after 5xx only, and after a 4xx a
 * resolved alert is never sent again.
 */
export async function createWeb(deps: {
  host: string;
  port: number;
  log: Log;
  /** Any of these bearer tokens is good, so that they can be rotated; without one the source is off. */
  alertmanagerTokens: readonly string[];
  receiveAlert: (notification: AlertNotification) => Promise<void>;
  /** False while we can't work: no database, or about to stop. */
  isReady: () => Promise<boolean>;
}): Promise<Web> {
  const app = new Hono();
  app.get('/healthz', (context) => context.text('ok\n'));
  app.get('/readyz', async (context) =>
    (await deps.isReady()) ? context.text('ready\n') : context.text('not ready\n', 503),
  );

  if (deps.alertmanagerTokens.length > 0) {
    app.use('/webhooks/alertmanager', async (context, next) => {
      const [scheme, token = ''] = (context.req.header('authorization') ?? '').split(' ');
      const good = scheme === 'Bearer' && deps.alertmanagerTokens.some((one) => same(one, token));
      if (!good) return context.json({ message: 'The bearer token is not right.' }, 401);
      return next();
    });
    app.post(
      '/webhooks/alertmanager',
      bodyLimit({
        maxSize: maxBody,
        onError: (context) => context.json({ message: 'The body is over 1 MiB.' }, 413),
      }),
      async (context) => {
        const read = readAlertmanager(await context.req.text());
        if ('problem' in read) return context.json({ message: read.problem }, 400);
        try {
          await deps.receiveAlert(read);
          return context.json({ message: 'recorded' });
        } catch (error) {
          deps.log.error({ error, group: read.group }, 'an alert could not be recorded');
          const message =
            error instanceof PortError ? 'Not recorded; send it again.' : 'Failed; send it again.';
          return context.json({ message }, 503, { 'retry-after': '5' });
        }
      },
    );
  }
  app.notFound((context) => context.json({ message: 'There is nothing here.' }, 404));
  app.onError((error, context) => {
    deps.log.error({ error }, 'a request failed');
    return context.json({ message: 'Failed; send it again.' }, 503);
  });

  const server = createServer(
    {
      requestTimeout: 15_000,
      headersTimeout: 5_000,
      keepAliveTimeout: 10_000,
      maxHeaderSize: 16_384,
    },
    getRequestListener(app.fetch),
  );
  server.listen(deps.port, deps.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new PortError(
      'web.port',
      `Port ${deps.port} on ${deps.host} can't be listened on. Is another Handrail running? Set HANDRAIL_PORT to another one.`,
      { retry: false, cause: error },
    );
  }
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : deps.port;
  return {
    url: `http://${deps.host}:${port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Compared by hashes: equally long, in constant time. */
function same(one: string, other: string): boolean {
  return timingSafeEqual(hashOf(one), hashOf(other));
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
