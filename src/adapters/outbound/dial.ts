import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';

import type { Route } from './route.ts';

/**
 * Connects to one of the route's addresses and to nothing else; no name is looked up here. The
 * socket lives no longer than the signal.
 */
export async function dialTcp(route: Route, signal: AbortSignal): Promise<Socket> {
  const addresses = route.addresses.map((address) => ({ address, family: isIP(address) }));
  const [first] = addresses;
  const socket = connectTcp({
    host: addresses.length === 1 && first !== undefined ? first.address : route.host,
    port: route.port,
    autoSelectFamily: true,
    signal,
    lookup: (_name, options, done) => {
      if (options.all === true) done(null, addresses);
      else done(null, first?.address ?? '', first?.family);
    },
  });
  socket.on('error', ignore);
  try {
    await once(socket, 'connect');
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return socket;
}

/**
 * Takes over the socket; whoever gets an error has no socket left to close. TLS is loaded when it is
 * first spoken.
 */
export async function secure(
  socket: Socket,
  options: {
    host: string;
    servername: string | null;
    context: SecureContext;
    /** False reports an untrusted certificate on the socket instead of failing. */
    verify: boolean;
    signal: AbortSignal;
  },
): Promise<TLSSocket> {
  const name = options.servername ?? options.host;
  const { connect } = process.getBuiltinModule('node:tls');
  const secured = connect({
    socket,
    host: name,
    ...(isIP(name) === 0 && { servername: name }),
    secureContext: options.context,
    rejectUnauthorized: options.verify,
    ALPNProtocols: ['http/1.1'],
  });
  secured.on('error', ignore);
  try {
    await once(secured, 'secureConnect', { signal: options.signal });
  } catch (error) {
    secured.destroy();
    socket.destroy();
    throw error;
  }
  return secured;
}

/**
 * A socket may fail while nobody waits for it; whoever uses it next finds it closed. It listens from
 * the start: `once` stops listening at an abort, before the abort has closed the socket.
 */
function ignore(): void {}
