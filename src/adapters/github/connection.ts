import { z } from 'zod';

import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import { PortError } from '#ports/port-error.ts';
import type { Secrets } from '#ports/secrets.ts';

const PUBLIC_API = 'https://api.github.com';

const Credentials = z.union([
  z.object({ token: z.string().min(1), login: z.string().min(1).optional() }),
  z.object({
    app: z.object({
      id: z.union([z.string().min(1), z.int()]),
      key: z.string().min(1),
      installation: z.coerce.number().int().positive(),
    }),
  }),
]);

/** A connection with its credentials filled in. */
export type Connection = {
  name: string;
  url: string;
} &
  /** `login`: whose the token is, where it may not ask for that itself. */
  (
    | { kind: 'token'; token: string; login: string | null }
    | { kind: 'app'; id: string; key: string; installation: number }
  );

export function connectionOf(
  deps: {
    secrets: Secrets;
    connections: () => Readonly<Record<string, ConnectionSettings>>;
  },
  name: string,
): Connection {
  const connection = deps.connections()[name];
  const read = Credentials.safeParse(connection?.options);
  if (connection?.type !== 'github' || !read.success) {
    throw new PortError(
      'github.connection',
      `The connection ${name} needs the type github, and a token or an app with id, key and installation.`,
      { retry: false },
    );
  }
  const url = (connection.url ?? PUBLIC_API).replace(/\/+$/, '');
  const secret = (text: string) => deps.secrets.resolve(text).reveal();
  if ('token' in read.data) {
    const { token, login = null } = read.data;
    return { name, url, kind: 'token', token: secret(token), login };
  }
  const { id, key, installation } = read.data.app;
  return { name, url, kind: 'app', id: secret(String(id)), key: secret(key), installation };
}
