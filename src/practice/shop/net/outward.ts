import { Agent, buildConnector, type Dispatcher } from 'undici';

/** Name to `address:port`: the only names there are. */
export type Hosts = Readonly<Record<string, string>>;

/** Connections to each origin at one time. */
export const POOL_SIZE = 64;

/**
 * HTTP out, for a program that lives in the practice world: names are found in `hosts`, TLS
 * is verified against the practice authority for the name that was asked for. No TLS session
 * is resumed, for a resumed one would not look at the certificate again.
 */
export function createOutward({ hosts, ca }: { hosts: Hosts; ca: string }): Dispatcher {
  const connect = buildConnector({ ca, maxCachedSessions: 0, timeout: 5000 });

  return new Agent({
    connections: POOL_SIZE,
    connect(options, callback) {
      const address = hosts[options.hostname];
      if (address === undefined) {
        callback(unknownName(options.hostname), null);
        return;
      }
      const { hostname, port } = new URL(`tcp://${address}`);
      const servername = options.servername ?? options.hostname;
      connect({ ...options, host: options.hostname, hostname, port, servername }, callback);
    },
  });
}

function unknownName(name: string): Error {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
}
