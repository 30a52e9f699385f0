import type { dialTcp } from '#adapters/outbound/dial.ts';
import { createOutbound } from '#adapters/outbound/outbound.ts';
import type { Resolver } from '#adapters/outbound/resolver.ts';
import type { OutboundSettings } from '#domain/runbook/settings.ts';
import type { OutboundFailure, OutboundRequest, Outcome } from '#ports/outbound.ts';

/** A gate whose name server knows the given names only. */
export function gate(
  given: Partial<OutboundSettings> & {
    names?: Readonly<Record<string, readonly string[]>>;
    resolver?: Partial<Resolver>;
    dial?: typeof dialTcp;
  } = {},
) {
  const {
    names = {},
    resolver = {},
    dial,
    allow = [],
    hosts = {},
    nameServers = [],
    ca = null,
  } = given;
  return createOutbound({
    settings: () => ({ allow, hosts, nameServers, ca }),
    ...(dial && { dial }),
    resolver: {
      lookup: async (name) => names[name] ?? notFound(name),
      query: async (name) => names[name] ?? notFound(name),
      ...resolver,
    },
  });
}

/** What a failed call reports; fails the test if it succeeded. */
export function failureIn(outcome: Outcome<unknown>): OutboundFailure {
  if (outcome.ok) throw new Error('the call succeeded');
  return outcome.failure;
}

export function valueIn<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`);
  return outcome.value;
}

export const soon = () => ({ timeoutMs: 5_000, signal: new AbortController().signal });

export const get = (url: string, given: Partial<OutboundRequest> = {}): OutboundRequest => ({
  url,
  maxBytes: 4_096,
  ...given,
});

export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function notFound(name: string): never {
  throw Object.assign(new Error(`no such name: ${name}`), { code: 'ENOTFOUND' });
}
