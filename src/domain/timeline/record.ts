import { canonicalJson } from '#domain/canonical-json.ts';
import { isJsonArray, objectOf, textOf, type Json, type JsonObject } from '#domain/json.ts';

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
export type SealedEntry = Entry & { texts: readonly SealedText[] };

type Sha256 = (text: string) => string;

export const beforeFirst = '0'.repeat(64);

export function seal(
  entry: { stream: string; position: number; recordedAt: string; event: JsonObject },
  by: { previous: string; sha256: Sha256; salt: () => string },
): SealedEntry {
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
  /** Position of the first entry that does not follow from the one before it; one more than there are: cut off. */
  brokenAt: number | null;
  /** The heads among `heads` that it does not have. */
  missing: readonly string[];
};

/**
 * Checks the chain, the texts against their hashes, that what was erased was erased on the record,
 * and that it has the heads that were kept elsewhere, of which the first digits are enough.
 */
export function verifyChain(
  stream: string,
  entries: readonly SealedEntry[],
  by: { sha256: Sha256; heads?: readonly string[] },
): Verified {
  let previous = beforeFirst;
  const broken: number[] = [];
  const sealedEvents = entries.map(({ body }) => recordIn(body));
  const erasures = new Set(sealedEvents.flatMap(({ event }) => erasedBy(event)));
  for (const [index, entry] of entries.entries()) {
    const record = sealedEvents[index] ?? {};
    const holds =
      entry.position === index + 1 &&
      entry.hash === entryHash(by.sha256, previous, entry.body) &&
      record['stream'] === stream &&
      record['position'] === entry.position &&
      textsHold(by.sha256, objectOf(record['event']), entry, erasures);
    if (!holds) broken.push(entry.position);
    previous = entry.hash;
  }
  const hashes = [beforeFirst, ...entries.map(({ hash }) => hash)];
  const missing = (by.heads ?? []).filter((head) => !hashes.some((hash) => hash.startsWith(head)));
  if (missing.length > 0) broken.push(entries.length + 1);
  const [brokenAt = null] = broken;
  return { entries: entries.length, head: previous, intact: brokenAt === null, brokenAt, missing };
}

function recordIn(body: string): JsonObject {
  try {
    return objectOf(JSON.parse(body));
  } catch {
    return {};
  }
}

/** The entries whose texts an event says were erased. */
function erasedBy(event: Json | undefined): Json[] {
  const { type, positions } = objectOf(event);
  return type === 'TextsRedacted' && isJsonArray(positions) ? [...positions] : [];
}

function textsHold(
  sha256: Sha256,
  event: JsonObject,
  { position, texts }: SealedEntry,
  erasures: ReadonlySet<Json>,
): boolean {
  const hashes = objectOf(event['texts']);
  const names = new Set(texts.map(({ name }) => name));
  return (
    texts.length === names.size &&
    names.size === Object.keys(hashes).length &&
    texts.every(({ name, salt, text }) =>
      text === null && salt === ''
        ? name in hashes && erasures.has(position)
        : hashes[name] === textHash(sha256, salt, text),
    )
  );
}

function textHash(sha256: Sha256, salt: string, text: string | null): string {
  return `sha256:${sha256(`${salt}${text ?? ''}`)}`;
}
