import { readAnswer } from '#domain/foreign-answer.ts';
import type { Json } from '#domain/json.ts';
import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import type { HttpRequests } from '#ports/http-requests.ts';
import type { Outbound } from '#ports/outbound.ts';
import { PortError } from '#ports/port-error.ts';
import type { Secrets } from '#ports/secrets.ts';

import { credentialsFor } from './credentials.ts';

const MAX_BYTES = 64 * 1024;
/** Whoever calls gives up sooner by its signal. */
const TIMEOUT_MS = 3_600_000;

export function createHttpRequests(deps: {
  outbound: Outbound;
  secrets: Secrets;
  connections: () => Readonly<Record<string, ConnectionSettings>>;
}): HttpRequests {
  const { outbound, secrets } = deps;
  return {
    async send(name, { url, method, body, key }, signal) {
      const connection = name === null ? undefined : deps.connections()[name];
      const outcome = await outbound.request(
        {
          url,
          method,
          headers: {
            ...content(body),
            ...credentialsFor(url, connection, secrets),
            'idempotency-key': key,
          },
          ...(body !== undefined && { body: textOf(body) }),
          maxBytes: MAX_BYTES,
        },
        { timeoutMs: TIMEOUT_MS, signal },
      );
      if (outcome.ok) {
        const { status, body: bytes, truncated } = outcome.value;
        const text = secrets.scrub(Buffer.from(bytes).toString('utf8'));
        return { kind: 'answered', status, body: readAnswer(text, truncated).shown };
      }
      const { sent, message, code } = outcome.failure;
      if (!sent) return { kind: 'notSent', message: `${message} (${code})` };
      throw new PortError('http.unknown', `No answer came: ${message} (${code}).`, { retry: true });
    },
  };
}

function textOf(body: Json): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function content(body: Json | undefined): Record<string, string> {
  if (body === undefined) return {};
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
  return { 'content-type': type };
}
