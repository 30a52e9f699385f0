import { objectOf, textOf } from '#domain/json.ts';
import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import type { MeasurementRequest } from '#ports/checks.ts';
import type { Secrets } from '#ports/secrets.ts';

import type { CheckDeps } from './check-kind.ts';
import { connectionFor } from './connection.ts';

/** Where a request goes, and the headers that let it in; their names are in lower case. */
export type Aim = { url: string; headers: Readonly<Record<string, string>> };

/**
 * A path is below the URL of the step's `http` connection, or else of its service's. The credentials
 * of that connection go to its own origin and nowhere else, whatever URL the step asks for.
 */
export function aimOf(
  request: Pick<MeasurementRequest, 'service' | 'mode'>,
  given: { url: string; connection: string | undefined },
  deps: Pick<CheckDeps, 'settings' | 'secrets'>,
): Aim {
  const settings = deps.settings();
  const { url, connection: named } = given;
  const isPath = url.startsWith('/');
  const ofService = settings.services[request.service]?.connections['http'];
  const known = settings.connections[named ?? ofService ?? ''];
  const isOwn = known !== undefined && sameOrigin(url, known.url);
  if (named === undefined && !isPath && !isOwn) return { url, headers: {} };

  const name = connectionFor(settings, request, { named, role: 'http', types: ['http'] });
  const connection = settings.connections[name];
  const base = (connection?.url ?? '').replace(/\/+$/, '');
  const whole = isPath ? base + url : url;
  const lets = connection !== undefined && sameOrigin(whole, connection.url);
  return { url: whole, headers: lets ? credentials(connection, deps.secrets) : {} };
}

function sameOrigin(url: string, base: string | null): boolean {
  const origin = URL.parse(base ?? '')?.origin;
  return origin !== undefined && URL.parse(url)?.origin === origin;
}

/** `token` as a bearer token, `user` and `password`, and `headers` as they are. */
function credentials({ options }: ConnectionSettings, secrets: Secrets): Record<string, string> {
  const reveal = (text: string) => secrets.resolve(text).reveal();
  const [token, user, password] = ['token', 'user', 'password'].map((name) =>
    textOf(options[name]),
  );
  const headers = Object.entries(objectOf(options['headers'])).map(
    ([name, value]) => [name.toLowerCase(), reveal(textOf(value))] as const,
  );
  return {
    ...(token && { authorization: `Bearer ${reveal(token)}` }),
    ...(user && { authorization: `Basic ${base64(`${reveal(user)}:${reveal(password ?? '')}`)}` }),
    ...Object.fromEntries(headers),
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
