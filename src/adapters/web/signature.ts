import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether one of the signatures, in hexadecimal, is that of the bytes (HMAC-SHA256) under one of the
 * secrets: two of either hold while one replaces the other. Takes the same time wherever they differ.
 */
export function isSigned(
  body: Uint8Array,
  signatures: readonly string[],
  secrets: readonly string[],
): boolean {
  const expected = secrets.map((secret) => createHmac('sha256', secret).update(body).digest());
  const matches = signatures.flatMap((signature) =>
    expected.map((one) => isEqual(one, Buffer.from(signature, 'hex'))),
  );
  return matches.includes(true);
}

/** Of whatever length; without telling where they differ. */
export function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return timingSafeEqual(digest(one), digest(other)) && one.length === other.length;
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
