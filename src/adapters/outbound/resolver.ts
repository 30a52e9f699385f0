import { lookup, Resolver as NameServers } from 'node:dns/promises';

import pLimit from 'p-limit';

import { refusal } from './outbound-error.ts';

/** `nameServers`: those of `outbound.nameServers`; where there are none, those of the machine. */
export type Asking = { nameServers: readonly string[]; signal: AbortSignal };

/** Both reject with the system's `code` (`ENOTFOUND`, `ESERVFAIL`, `EAI_AGAIN`). */
export interface Resolver {
  /** As the machine resolves names, hosts file and all; where name servers are given, by them alone. */
  lookup(name: string, asking: Asking): Promise<readonly string[]>;
  /** The records of the name servers, each as one line of text. */
  query(name: string, type: string, asking: Asking): Promise<readonly string[]>;
}

/**
 * A look-up holds one of the process's four I/O threads for as long as the name server is silent
 * and can't be taken back, so at most two run at once: files go on being read.
 */
const LOOKUPS_AT_ONCE = 2;

export function createSystemResolver(): Resolver {
  const limit = pLimit(LOOKUPS_AT_ONCE);
  return {
    async lookup(name, asking) {
      if (asking.nameServers.length > 0) return addressesOf(name, asking);
      const found = await limit(() => lookup(name, { all: true }));
      return found.map((each) => each.address);
    },

    async query(name, type, asking) {
      const records: unknown = await ask(asking, (servers) => servers.resolve(name, type));
      return Array.isArray(records) ? records.map(recordText) : [];
    },
  };
}

/** Of both families. That there is none is known only if nothing else went wrong. */
async function addressesOf(name: string, asking: Asking): Promise<readonly string[]> {
  const families = await ask(asking, (servers) =>
    Promise.allSettled([servers.resolve4(name), servers.resolve6(name)]),
  );
  const found = families.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  if (found.length > 0) return found;
  for (const one of families) {
    if (one.status === 'rejected' && !ABSENT.has(one.reason?.code)) throw one.reason;
  }
  throw Object.assign(new Error(`${name} has no address`), { code: 'ENOTFOUND' });
}

const ABSENT = new Set<unknown>(['ENOTFOUND', 'ENODATA']);

/** One resolver for each question: it is given up with the question, and remembers nothing. */
async function ask<T>(
  { nameServers, signal }: Asking,
  question: (servers: NameServers) => Promise<T>,
): Promise<T> {
  const servers = new NameServers();
  if (nameServers.length > 0) setServers(servers, nameServers);
  const cancel = (): void => servers.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await question(servers);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function setServers(servers: NameServers, addresses: readonly string[]): void {
  for (const address of addresses) {
    try {
      servers.setServers([address]);
    } catch {
      const what = `${address} is not the address of a name server`;
      throw refusal('GATE', `outbound.nameServers: ${what}.`);
    }
  }
  servers.setServers(addresses);
}

/** Records come as texts, lists of texts (TXT) or objects (MX, SRV): joined as a zone file has them. */
function recordText(record: unknown): string {
  if (typeof record === 'string') return record;
  if (Array.isArray(record)) return record.join('');
  if (typeof record !== 'object' || record === null) return '';
  const values: Readonly<Record<string, unknown>> = { ...record };
  return ['priority', 'weight', 'port', 'exchange', 'name']
    .map((field) => values[field])
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .join(' ');
}
