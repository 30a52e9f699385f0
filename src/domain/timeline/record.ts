import { canonicalJson } from '#domain/canonical-json.ts';
import { isJsonObject, objectOf, textOf, type Json, type JsonObject } from '#domain/json.ts';

/**
 * The record of a stream: a chain of entries, each hashed with the one before.
 *
 * An entry's bytes are the canonical JSON (RFC 8785) of `{stream, position, recordedAt, event}`. The
 * texts that people wrote are not in them but under a salted hash, `sha256:<hex>` of salt and text, so
 * that a text can be erased and the chain still holds. An entry's hash is the SHA-256 of the hash
 * before it, a line feed, and its bytes; the first one follows 64 zeros. All that is needed to check
 * this is the entries themselves.
 */
export type Entry = { position: number; body: string; hash: string };
/** An erased text is null, and its salt, by which it could be guessed, is empty. */
export type SealedText = { name: string; salt: string; text: string | null };

type Sha256 = (text: string) => string;

export const beforeFirst = '0'.repeat(64);

export function seal(
  entry: { stream: string; position: number; recordedAt: string; event: JsonObject },
  by: { previous: string; sha256: Sha256; salt: () => string },
): Entry & { texts: readonly SealedText[] } {
  const texts = Object.entries(objectOf(entry.event['texts'])).map(([name, text]) => ({
    name,
    salt: by.salt(),
    text: typeof text === 'string' ? text : null,
  }));
  const hashes = texts.map(({ name, salt, text }) => [name, textHash(by.sha256, salt, text)]);
  const event =
    texts.length === 0 ? entry.event : { ...entry.event, texts: Object.fromEntries(hashes) };
  const body = canonicalJson({ ...entry, event });
  return { position: entry.position, body, hash: entryHash(by.sha256, by.previous, body), texts };
}

/** The event with its texts put back, an erased one as null, and when it was recorded. */
export function unseal(
  body: string,
  texts: readonly SealedText[],
): { recordedAt: string; event: JsonObject } {
  const record = objectOf(JSON.parse(body));
  const event = objectOf(record['event']);
  const recordedAt = textOf(record['recordedAt']);
  if (!('texts' in event)) return { recordedAt, event };
  const known = texts.map(({ name, text }) => [name, text]);
  const erased = Object.keys(objectOf(event['texts'])).map((name) => [name, null]);
  return { recordedAt, event: { ...event, texts: Object.fromEntries([...erased, ...known]) } };
}

export function entryHash(sha256: Sha256, previous: string, body: string): string {
  return sha256(`${previous}\n${body}`);
}

export type Verified = {
  entries: number;
  head: string;
  intact: boolean;
  /** Position of the first entry that does not follow from the one before it. */
  brokenAt: number | null;
};

/** Checks the chain, the texts against their hashes, and the head against one that was kept elsewhere. */
export function verifyChain(
  stream: string,
  entries: readonly (Entry & { texts: readonly SealedText[] })[],
  by: { sha256: Sha256; head?: string },
): Verified {
  let previous = beforeFirst;
  let brokenAt: number | null = null;
  for (const [index, entry] of entries.entries()) {
    const holds =
      entry.position === index + 1 &&
      entry.hash === entryHash(by.sha256, previous, entry.body) &&
      names(stream, entry) &&
      entry.texts.every((text) => textHolds(by.sha256, entry.body, text));
    if (!holds && brokenAt === null) brokenAt = entry.position;
    previous = entry.hash;
  }
  const cut = by.head !== undefined && !entries.some((entry) => entry.hash === by.head);
  if (cut && brokenAt === null) brokenAt = entries.length + 1;
  return { entries: entries.length, head: previous, intact: brokenAt === null, brokenAt };
}

function names(stream: string, entry: Entry): boolean {
  const record: Json = JSON.parse(entry.body);
  return (
    isJsonObject(record) && record['stream'] === stream && record['position'] === entry.position
  );
}

function textHolds(sha256: Sha256, body: string, { name, salt, text }: SealedText): boolean {
  if (text === null) return true;
  const record: Json = JSON.parse(body);
  const event = isJsonObject(record) ? objectOf(record['event']) : {};
  return objectOf(event['texts'])[name] === textHash(sha256, salt, text);
}

function textHash(sha256: Sha256, salt: string, text: string | null): string {
  return `sha256:${sha256(`${salt}${text ?? ''}`)}`;
}
