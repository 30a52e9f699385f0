import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A server on a free port, whose connections `take` gets, with how to connect to another on loopback. */
export async function serveSockets(
  take: (client: Socket, dial: (port: number) => Socket) => void,
): Promise<AsyncDisposable & { port: number }> {
  const sockets = new Set<Socket>();
  function kept(socket: Socket): Socket {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    return socket;
  }

  const server = createServer((client) => {
    take(kept(client), (port) => {
      const upstream = kept(connect(port, '127.0.0.1'));
      client.on('close', () => upstream.destroy());
      upstream.on('close', () => client.destroy());
      return upstream;
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
