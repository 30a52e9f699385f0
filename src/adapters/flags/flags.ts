import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import type { Flags, FlagTarget } from '#ports/flags.ts';
import type { Outbound } from '#ports/outbound.ts';
import { PortError } from '#ports/port-error.ts';
import type { Secrets } from '#ports/secrets.ts';

import type { Ask } from './ask.ts';
import { httpFlags } from './http/provider.ts';
import { openFeature } from './openfeature.ts';
import type { FlagProvider, Over } from './provider.ts';
import { unleash } from './unleash.ts';

const providers: readonly FlagProvider[] = [httpFlags, unleash, openFeature];

const MAX_BYTES = 1024 * 1024;
/** Of one request; whoever calls may give up sooner by its signal. */
const TIMEOUT_MS = 15_000;

/** The `Flags` port over whatever the connection speaks. */
export function createFlags(deps: {
  outbound: Outbound;
  secrets: Secrets;
  connections: () => Readonly<Record<string, ConnectionSettings>>;
}): Flags {
  function reach(target: FlagTarget, signal: AbortSignal): { provider: FlagProvider; over: Over } {
    const connection = deps.connections()[target.connection];
    const provider = providers.find(({ type }) => type === connection?.type);
    if (connection === undefined || connection.url === null || provider === undefined) {
      const types = providers.map(({ type }) => type).join(', ');
      const message = `The connection ${target.connection} needs a url and one of the types ${types}.`;
      throw new PortError('flags.connection', message, { retry: false });
    }
    const url = connection.url.replace(/\/+$/, '');
    const token = connection.options['token'];
    const revealed = typeof token === 'string' ? deps.secrets.resolve(token).reveal() : null;

    const ask: Ask = async ({ path, method, headers, body }) => {
      const outcome = await deps.outbound.request(
        {
          url: url + path,
          method,
          headers: {
            accept: 'application/json',
            ...(body && { 'content-type': 'application/json' }),
            ...provider.credentials(revealed),
            ...headers,
          },
          ...(body && { body: JSON.stringify(body) }),
          maxBytes: MAX_BYTES,
        },
        { timeoutMs: TIMEOUT_MS, signal },
      );
      if (outcome.ok) return outcome.value;
      const { sent, retry, fault, message, code } = outcome.failure;
      throw new PortError(
        sent ? 'flags.unknown' : 'flags.unreachable',
        `The flags' API gave no answer: ${message} (${code}).`,
        { retry: sent || retry || fault === 'target' },
      );
    };
    return { provider, over: { ask, options: connection.options } };
  }

  return {
    async read(target, signal) {
      const { provider, over } = reach(target, signal);
      return provider.read(over, target);
    },
    async set(target, change, signal) {
      const { provider, over } = reach(target, signal);
      return provider.set(over, target, change);
    },
  };
}
