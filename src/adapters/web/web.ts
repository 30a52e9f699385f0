import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { routePath } from 'hono/route';

import type { Log } from '#ports/log.ts';
import { PortError } from '#ports/port-error.ts';

import { healthRoutes } from './health.ts';

export type Web = {
  /** `http://host:port`, with the port that was really taken. */
  url: string;
  /** From now on `/readyz` says no, so that a load balancer looks elsewhere; requests are still served. */
  drain(): void;
  /** Takes no new connections, lets requests end for at most `graceMs`. */
  close(graceMs: number): Promise<void>;
};

/** Each a limit on what a stranger can make us hold. */
const limits = {
  headersTimeout: 10_000,
  /** Headers and body together. */
  requestTimeout: 20_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
};
const mostConnections = 500;
const mostHeaders = 100;

/** Listens; resolves once it does, and rejects when it cannot. Port 0 takes a free one. */
export async function createWeb(options: {
  port: number;
  host?: string;
  routes: readonly Hono[];
  databaseAnswers: () => Promise<boolean>;
  log: Log;
  limits?: Partial<typeof limits>;
  /** Told of each request that was answered; `route` is its pattern, not its address. */
  onAnswer?: (request: { route: string; status: number; tookMs: number }) => void;
}): Promise<Web> {
  const { port, host = '127.0.0.1', log } = options;
  let draining = false;

  const app = new Hono();
  app.use(async (context, next) => {
    const begun = performance.now();
    await next();
    const route = routePath(context, -1);
    const tookMs = performance.now() - begun;
    options.onAnswer?.({ route, status: context.res.status, tookMs });
  });
  const health = healthRoutes({
    databaseAnswers: options.databaseAnswers,
    isDraining: () => draining,
  });
  for (const routes of [health, ...options.routes]) app.route('/', routes);
  app.notFound((context) => context.json({ error: 'not found' }, 404));
  app.onError((error, context) => {
    log.error({ error, path: context.req.path }, 'web request failed');
    return context.json({ error: 'something went wrong here' }, 500);
  });

  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer({ ...limits, ...options.limits }, (request, response) => {
    void listener(request, response);
  });
  server.maxConnections = mostConnections;
  server.maxHeadersCount = mostHeaders;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new PortError(
      'web.port',
      `Port ${port} on ${host} can't be listened on. Is another Handrail running? Set HANDRAIL_PORT to another one.`,
      { retry: false, cause },
    );
  }

  return {
    url: urlOf(server, host),
    drain() {
      draining = true;
    },
    async close(graceMs) {
      draining = true;
      const closed = once(server, 'close');
      server.close();
      const end = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(end);
    },
  };
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('server has no port');
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
