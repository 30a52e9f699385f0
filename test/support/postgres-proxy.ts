import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/**
 * A way to a PostgreSQL that breaks down once: when the first statement that begins with one of
 * these words passes, either before the server sees it, or after, with its answer lost.
 */
export async function servePostgresProxy(
  url: string,
  faults: {
    cutBefore?: readonly string[];
    cutAnswersTo?: readonly string[];
    /** Done before the client learns that its connection is gone. */
    onCut?: () => Promise<void>;
  },
): Promise<AsyncDisposable & { url: string; cuts: () => number }> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let cuts = 0;

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let answersAreLost = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('close', () => upstream.destroy());

    async function cut(): Promise<void> {
      await faults.onCut?.();
      client.destroy();
      upstream.destroy();
    }

    upstream.on('data', (bytes) => {
      if (answersAreLost) void cut();
      else client.write(bytes);
    });
    client.on('data', (bytes) => {
      const text = bytes.toString('latin1').toLowerCase();
      const asks = (statements: readonly string[] = []): boolean =>
        cuts === 0 && statements.some((statement) => text.includes(statement));

      if (asks(faults.cutBefore)) {
        cuts += 1;
        upstream.destroy();
        void cut();
        return;
      }
      if (asks(faults.cutAnswersTo)) {
        cuts += 1;
        answersAreLost = true;
      }
      upstream.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('proxy has no port');
  const through = new URL(url);
  through.port = String(address.port);
  return {
    url: through.href,
    cuts: () => cuts,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
