import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type FaultProxy = AsyncDisposable & {
  /** `127.0.0.1:port`. */
  readonly address: string;
  /** The same URL by way of this proxy. */
  through(url: string): string;
  /** Breaks every connection. */
  cut(): void;
  /**
   * From now on nothing passes and nothing is refused: connections are taken, and what is said in
   * them vanishes. Those that lived through it are broken at its end.
   */
  swallow(on: boolean): void;
  /** Leads to another port from now on. */
  moveTo(port: number): void;
};

/** A way to a TCP server on loopback that fails on demand. `hear` is given what clients say. */
export async function openFaultProxy(
  port: number,
  hear: (text: string) => void = () => {},
): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  let target = port;
  let swallows = false;
  let closed = false;

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  }

  function cut(): void {
    for (const socket of sockets) socket.destroy();
  }

  const server = createServer((client) => {
    keep(client);
    if (closed) {
      client.destroy();
      return;
    }
    if (swallows) {
      client.resume();
      return;
    }
    const upstream = connect(target, '127.0.0.1');
    keep(upstream);
    pass(client, upstream, hear);
    pass(upstream, client, () => {});
  }).listen(0, '127.0.0.1');

  function pass(from: Socket, to: Socket, heard: (text: string) => void): void {
    from.on('data', (bytes) => {
      if (swallows) return;
      heard(bytes.toString('latin1'));
      to.write(bytes);
    });
    from.on('end', () => to.end());
    from.on('close', () => {
      if (!swallows) to.destroy();
    });
  }

  await once(server, 'listening');
  const place = server.address();
  if (place === null || typeof place === 'string') throw new Error('the proxy has no port');
  return {
    address: `127.0.0.1:${place.port}`,
    through(url) {
      const by = new URL(url);
      by.port = String(place.port);
      return by.href;
    },
    cut,
    swallow(on) {
      if (swallows && !on) cut();
      swallows = on;
    },
    moveTo(next) {
      target = next;
      cut();
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
