import type { Calls } from './calls.ts';
import { serveSockets } from './sockets.ts';

/**
 * A way to a server with TLS: what passes cannot be read, so each connection is a call. It cannot answer
 * for the server either: where a call is to fail, the connection ends in good order with nothing said.
 */
export async function openSecureLine(
  name: string,
  address: string,
  calls: Calls,
): Promise<AsyncDisposable & { address: string }> {
  const server = await serveSockets((client, dial) => {
    const trouble = calls.meet('request', `${name} connect`);
    if (trouble === 'refused') client.destroy();
    else if (trouble === 'failed') client.end();
    else if (trouble === 'silent') client.resume();
    else {
      const upstream = dial(Number(address.split(':')[1]));
      client.pipe(upstream);
      if (trouble === null) upstream.pipe(client);
      else upstream.on('data', () => client.destroy());
    }
  });
  return {
    address: `127.0.0.1:${server.port}`,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
