import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port that nobody listens on, for what can't say which one it took. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('server has no port');
  return address.port;
}
