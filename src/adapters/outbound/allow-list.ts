import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type AllowList = {
  hosts: readonly string[];
  ranges: readonly (readonly [Address, number])[];
};

/** `outbound.allow`: addresses and CIDRs are ranges, everything else is a host or `*.domain`. */
export function readAllowList(entries: readonly string[]): AllowList {
  const known = read.get(entries);
  if (known !== undefined) return known;
  const hosts: string[] = [];
  const ranges: [Address, number][] = [];
  for (const entry of entries) {
    if (isRange(entry)) ranges.push(ipaddr.parseCIDR(entry));
    else if (isAddress(entry)) ranges.push(wholeAddress(entry));
    else hosts.push(plainHost(entry));
  }
  const list = { hosts, ranges };
  read.set(entries, list);
  return list;
}

/** Asked at each call; new settings are another array. */
const read = new WeakMap<readonly string[], AllowList>();

export function listsAddress(allow: AllowList, address: Address): boolean {
  return allow.ranges.some(
    ([range, bits]) => range.kind() === address.kind() && address.match(range, bits),
  );
}

/** As an entry of its own, not as one of a range. */
export function listsAddressItself(allow: AllowList, address: Address): boolean {
  return allow.ranges.some(
    ([range, bits]) =>
      range.kind() === address.kind() &&
      bits === range.toByteArray().length * 8 &&
      address.match(range, bits),
  );
}

/** `*.example.com` covers the names below it at any depth, not itself. */
export function listsHost(allow: AllowList, host: string): boolean {
  const name = plainHost(host);
  return allow.hosts.some((entry) =>
    entry.startsWith('*.') ? name.endsWith(entry.slice(1)) : name === entry,
  );
}

/** One spelling for each name: lower case, without the dot of the root. */
export function plainHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}

/** Only the usual spellings; `0x7f.1` is one only after a URL parser has read it. */
export function isAddress(host: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(host) || ipaddr.IPv6.isValid(host);
}

/** Only of an address that is written out: to `ipaddr.js`, `10/8` is a part of `0.0.0.0/8`. */
function isRange(entry: string): boolean {
  return ipaddr.isValidCIDR(entry) && isAddress(entry.replace(/\/.*$/, ''));
}

function wholeAddress(address: string): [Address, number] {
  const parsed = ipaddr.process(address);
  return [parsed, parsed.kind() === 'ipv4' ? 32 : 128];
}
