import { createServer } from 'node:http';

import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';

import { listen, type Listener } from './listen.ts';

export type NodeApp = Hono<{ Bindings: HttpBindings }>;

export async function serveApp(app: NodeApp): Promise<Listener & { url: string }> {
  const listener = await listen(createServer(nodeListener(app)));
  return { ...listener, url: `http://127.0.0.1:${listener.port}` };
}

export function nodeListener(app: NodeApp) {
  return getRequestListener(app.fetch, { overrideGlobalObjects: false });
}
