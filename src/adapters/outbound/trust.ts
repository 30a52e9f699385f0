import { readFile, stat } from 'node:fs/promises';
import type { SecureContext } from 'node:tls';

import { OutboundError } from './outbound-error.ts';

/**
 * The certificate authorities to trust: the platform's and those of `outbound.ca`. The context is
 * made once (parsing a hundred certificates takes a while) and again when the file has changed.
 */
export function createTrust(): (ca: string | null) => Promise<SecureContext> {
  let known: { key: string; context: SecureContext } | null = null;

  return async (ca) => {
    const key = ca === null ? '' : await fingerprint(ca);
    if (known?.key !== key) {
      const { createSecureContext } = process.getBuiltinModule('node:tls');
      known = { key, context: createSecureContext(ca === null ? {} : { ca: await read(ca) }) };
    }
    return known.context;
  };
}

async function fingerprint(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${file} ${ino} ${mtimeMs} ${size}`;
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

async function read(file: string): Promise<string[]> {
  try {
    const { getCACertificates } = process.getBuiltinModule('node:tls');
    return [...getCACertificates('default'), await readFile(file, 'utf8')];
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): OutboundError {
  return new OutboundError(
    {
      fault: 'ours',
      code: 'CA',
      message: `outbound.ca: ${file} can't be read.`,
      retry: false,
      sent: false,
    },
    cause,
  );
}
