import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';

export type Listener = { port: number; close(): Promise<void> };

/** Listens on loopback, on a free port unless told which. Closing drops what is still connected. */
export async function listen(server: HttpServer | HttpsServer, port = 0): Promise<Listener> {
  // The server itself knows no connection whose TLS handshake is still under way.
  const sockets = new Set<Socket>();
  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  }
  server.on('connection', keep);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');

  return {
    port: address.port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
      server.off('connection', keep);
    },
  };
}
