import { lookup, Resolver as NameServers } from 'node:dns/promises';

import pLimit from 'p-limit';

/** Both reject with the system's `code` (`ENOTFOUND`, `ESERVFAIL`, `EAI_AGAIN`). */
export interface Resolver {
  /** As the machine resolves names, hosts file and all. */
  lookup(name: string): Promise<readonly string[]>;
  /** The records of the name servers, each as one line of text. */
  query(name: string, type: string, signal: AbortSignal): Promise<readonly string[]>;
}

/**
 * A look-up holds one of the process's four I/O threads for as long as the name server is silent
 * and can't be taken back, so at most two run at once: files go on being read.
 */
const LOOKUPS_AT_ONCE = 2;

export function createSystemResolver(): Resolver {
  const limit = pLimit(LOOKUPS_AT_ONCE);
  return {
    async lookup(name) {
      const found = await limit(() => lookup(name, { all: true }));
      return found.map((each) => each.address);
    },

    async query(name, type, signal) {
      const servers = new NameServers();
      const cancel = (): void => servers.cancel();
      signal.addEventListener('abort', cancel, { once: true });
      try {
        const records: unknown = await servers.resolve(name, type);
        return Array.isArray(records) ? records.map(recordText) : [];
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },
  };
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
