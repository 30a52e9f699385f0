import ipaddr from 'ipaddr.js';

import { type AllowList, listsAddress, listsAddressItself, listsHost } from './allow-list.ts';

/**
 * Where clouds hand out credentials to whoever asks, whatever the range it lies in. These are reached
 * only if the settings list the very address: a name can be made to point there by whoever owns its
 * zone, and who lists a range hardly means them.
 */
const METADATA = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
  'fe80::a9fe:a9fe',
]);

/** Ranges that an entry for the name opens. */
const OPENED_BY_NAME = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat']);

/** Null when the address may be dialled for this name, else what it is, in words. */
export function refusedAs(address: string, host: string, allow: AllowList): string | null {
  if (!ipaddr.isValid(address)) return 'not an address';
  const parsed = ipaddr.process(address);
  if (isMetadata(parsed)) {
    return listsAddressItself(allow, parsed) ? null : 'a metadata address';
  }
  if (listsAddress(allow, parsed)) return null;

  const range = parsed.range();
  if (range === 'unicast' && (parsed.kind() === 'ipv4' || isGlobal(parsed))) return null;
  if (OPENED_BY_NAME.has(range) && listsHost(allow, host)) return null;
  return `a ${WORDS[range] ?? range} address`;
}

/** Also in a zone, or as the IPv4 address that a translator or tunnel takes out of an IPv6 one. */
function isMetadata(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const bytes = address.toByteArray();
  const carried = address.kind() === 'ipv4' ? [] : carriedIn(bytes);
  return [bytes, ...carried].some((one) => METADATA.has(ipaddr.fromByteArray(one).toString()));
}

/** Where RFC 6052 has it (at the end, or after 48 bits), then 6to4, then Teredo, which turns its bits round. */
function carriedIn(bytes: readonly number[]): number[][] {
  const last = bytes.slice(-4);
  const after48 = [6, 7, 9, 10].map((at) => bytes[at] ?? 0);
  return [last, after48, bytes.slice(2, 6), last.map((byte) => byte ^ 0xff)];
}

/** IANA has given out 2000::/3 only. */
function isGlobal(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.match(ipaddr.parseCIDR('2000::/3'));
}

const WORDS: Readonly<Record<string, string>> = {
  linkLocal: 'link-local',
  uniqueLocal: 'private',
  carrierGradeNat: 'private',
  unicast: 'reserved',
};
