import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import path from 'node:path';

export const caFile = certificate('ca.pem');

/** An HTTPS server on a free loopback port, as `api.gateway-a.example`. */
export async function serveTls(
  handler: RequestListener,
  given: { certificate?: 'valid.pem' | 'expired.pem' } = {},
): Promise<AsyncDisposable & { port: number; address: string }> {
  const server = createServer(
    {
      cert: readFileSync(certificate(given.certificate ?? 'valid.pem')),
      key: readFileSync(certificate('key.pem')),
    },
    handler,
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('server has no port');
  return {
    port: address.port,
    address: `127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function certificate(name: string): string {
  return path.join(import.meta.dirname, 'certificates', name);
}
