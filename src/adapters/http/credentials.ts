import { objectOf, textOf } from '#domain/json.ts';
import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import type { Secrets } from '#ports/secrets.ts';

/**
 * What lets a request in: `token` as a bearer token, `user` and `password`, and `headers` as they are.
 * For the connection's own origin and nowhere else, whatever URL is asked for. Names are in lower case.
 */
export function credentialsFor(
  url: string,
  connection: ConnectionSettings | undefined,
  secrets: Secrets,
): Record<string, string> {
  if (connection === undefined || !sameOrigin(url, connection.url)) return {};
  const reveal = (text: string) => secrets.resolve(text).reveal();
  const { options } = connection;
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

export function sameOrigin(url: string, base: string | null): boolean {
  const origin = URL.parse(base ?? '')?.origin;
  return origin !== undefined && URL.parse(url)?.origin === origin;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
