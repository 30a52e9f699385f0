import { hash } from 'node:crypto';

/** SHA-256 in hex; over the bytes as they are, so that a change of a comment is a change, too. */
export function digestOf(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
