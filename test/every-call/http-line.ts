import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage } from 'node:http';

import type { Calls } from './calls.ts';

/** A way to an HTTP server on which each request is a call. `name` is what it is called by. */
export async function openHttpLine(
  name: string,
  url: string,
  calls: Calls,
): Promise<AsyncDisposable & { url: string }> {
  const target = new URL(url);
  const agent = new Agent({ keepAlive: true });

  const server = createServer((incoming, outgoing) => {
    const trouble = calls.meet('request', `${name} ${incoming.method} ${placeOf(incoming)}`);
    incoming.on('error', () => {});
    if (trouble === 'refused') {
      incoming.destroy();
      return;
    }
    if (trouble === 'failed') {
      incoming.resume();
      outgoing.writeHead(500).end('planted');
      return;
    }
    const { method, url: path, headers } = incoming;
    const { hostname, port } = target;
    const forwarded = request({ agent, hostname, port, method, path, headers }, (answer) => {
      answer.on('error', () => outgoing.destroy());
      if (trouble === null) {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        return;
      }
      answer.resume();
      if (trouble === 'unanswered') incoming.destroy();
    });
    forwarded.on('error', () => outgoing.destroy());
    // A caller who has gone: what was sent arrives all the same.
    incoming.pipe(forwarded);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the line has no port');
  const through = new URL(url);
  through.port = String(address.port);
  return {
    url: through.href,
    async [Symbol.asyncDispose]() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The path without what is another in each incident. */
function placeOf({ url = '' }: IncomingMessage): string {
  return new URL(url, 'http://line').pathname.replaceAll(/\/[^/]*[0-9:][^/]*(?=\/|$)/g, '/*');
}
