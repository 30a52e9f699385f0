import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';

export type Listener = { port: number; close(): Promise<void> };

/** Listens on loopback, on a free port unless told which. Closing drops what is still connected. */
export async function listen(server: HttpServer | HttpsServer, port = 0): Promise<Listener> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');

  return {
    port: address.port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
