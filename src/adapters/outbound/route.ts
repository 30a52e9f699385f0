import { domainToASCII } from 'node:url';

import type { OutboundSettings } from '#domain/runbook/settings.ts';

import { refusedAs } from './address.ts';
import { isAddress, plainHost, readAllowList } from './allow-list.ts';
import { type OutboundError, refusal } from './outbound-error.ts';
import type { Resolver } from './resolver.ts';

/** Addresses that were checked and may be dialled, in the order to try. */
export type Route = {
  host: string;
  addresses: readonly string[];
  port: number;
  /** Every address is open to all; else it is one because the settings list it. */
  isPublic: boolean;
};

/** `ledBy`: whose redirect it is. */
export type Target = { host: string; port: number; ledBy?: Route };

/**
 * The way to a host: from `outbound.hosts` (an owner wrote the very address, which is permission
 * enough), else by look-up. A host with one forbidden address among others is refused as a whole:
 * which of them would be dialled is nothing to leave to chance or to the target's name server. What
 * the settings open is open to runbooks, and not to whichever public target redirects there.
 */
export async function findRoute(
  target: Target,
  settings: OutboundSettings,
  resolver: Pick<Resolver, 'lookup'>,
  signal: AbortSignal,
): Promise<Route> {
  const host = hostOf(target.host);
  const mapped = mappedAddress(settings, host);
  if (mapped !== null) {
    if (target.ledBy?.isPublic === true) throw ledInside(host, target.ledBy);
    const port = mapped.port ?? target.port;
    return { host, addresses: [mapped.address], port, isPublic: false };
  }

  const { nameServers } = settings;
  const addresses = isAddress(host) ? [host] : await resolver.lookup(host, { nameServers, signal });
  if (addresses.length === 0) throw refusal('GATE', `${host} has no address.`);
  const allow = readAllowList(settings.allow);
  for (const address of addresses) {
    const refused = refusedAs(address, host, allow);
    if (refused !== null) {
      const what = address === host ? `${address} is` : `${host} is at ${address},`;
      throw refusal('GATE', `${what} ${refused}; outbound.allow does not list it.`);
    }
  }
  const isPublic = addresses.every((address) => refusedAs(address, host, nothing) === null);
  if (!isPublic && target.ledBy?.isPublic === true) throw ledInside(host, target.ledBy);
  return { host, addresses, port: target.port, isPublic };
}

const nothing = readAllowList([]);

/**
 * As a URL has it, wherever it was written: what looks up a name would read some of what a URL can't
 * have (an escaped dot, a zone, U+0000) as another host than the one whose name was looked at.
 */
function hostOf(written: string): string {
  const literal = written.replace(/^\[(.*)\]$/, '$1');
  const name = ENDS_A_HOST.test(written) ? '' : domainToASCII(written);
  const host = isAddress(literal) ? literal : name;
  if (host === '') throw refusal('URL', `${written.slice(0, 200)} is not the name of a host.`);
  return plainHost(host);
}

function ledInside(host: string, { host: from }: Route): OutboundError {
  return refusal('GATE', `${from} is public and redirects to ${host}, which is not.`);
}

/** Of a URL; what reads a host takes what stands before. */
const ENDS_A_HOST = /[/\\?#%]/;

/** What `outbound.hosts` says to dial for a name: `127.0.0.1:8443`, `[::1]:8443` or an address. */
export function mappedAddress(
  settings: OutboundSettings,
  host: string,
): { address: string; port: number | null } | null {
  const entry = Object.entries(settings.hosts).find(([name]) => plainHost(name) === host)?.[1];
  if (entry === undefined) return null;
  const match = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(entry);
  const address = match?.[1] ?? match?.[2] ?? entry;
  const port = match?.[3] === undefined ? null : Number(match[3]);
  if (!isAddress(address) || (port !== null && (port < 1 || port > 65_535))) {
    throw refusal('GATE', `outbound.hosts: write an address and a port for ${host}.`);
  }
  return { address, port };
}
