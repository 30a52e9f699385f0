import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** An id that looks like Slack's: a letter for the kind and ten characters. */
export function newId(prefix: string): string {
  let id = prefix;
  for (const byte of randomBytes(10)) id += ALPHABET[byte % ALPHABET.length] ?? '0';
  return id;
}

export function newSecret(): string {
  return randomBytes(16).toString('hex');
}

/**
 * Mints message timestamps: the clock's second with six digits behind it, unique in the workspace
 * and rising even when the clock stands still or goes back.
 */
export function createTimestamps(now: () => Date): () => string {
  let last = 0;
  return () => {
    last = Math.max(now().getTime() * 1000, last + 1);
    return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
  };
}
