/**
 * The stored form of an event, and the chain that ties a stream's entries together.
 *
 * An entry's record is the canonical JSON (RFC 8785) of `{stream, position, recordedAt, event}`,
 * in which each of `event.texts` stands as `sha256:<hex of salt + text>`. Its hash is the SHA-256
 * of `<hash of the entry before>\n<record>`; the first entry follows 64 zeros. Texts lie beside
 * the record with their salts, so that one can be erased, salt and all, and the chain still holds.
 */
import { canonicalJson } from '#domain/canonical-json.ts';
import { isJsonObject, type Json, type JsonObject } from '#domain/json.ts';

type Sha256 = (text: string) => string;

export type Entry = { stream: string; position: number; recordedAt: string; event: JsonObject };

/** A text of an entry; both are null once it was redacted. */
export type EntryText = { name: string; salt: string | null; text: string | null };

/** `body` is the very text that was hashed. */
export type StoredRecord = { body: string; hash: string; texts: readonly EntryText[] };

export const chainStart = '0'.repeat(64);

export function entryHash(previousHash: string, body: string, sha256: Sha256): string {
  return sha256(`${previousHash}\n${body}`);
}

/** Puts the texts aside and hashes the rest. `newSalt` gives a fresh, unguessable one at each call. */
export function seal(
  entry: Entry,
  previousHash: string,
  tools: { sha256: Sha256; newSalt: () => string },
): StoredRecord {
  const texts: EntryText[] = [];
  const hashes = Object.entries(textsOfEvent(entry.event)).map(([name, text]): [string, Json] => {
    if (text === null) return [name, null];
    const salt = tools.newSalt();
    texts.push({ name, salt, text });
    return [name, textHash(salt, text, tools.sha256)];
  });

  const event =
    'texts' in entry.event ? { ...entry.event, texts: Object.fromEntries(hashes) } : entry.event;
  const body = canonicalJson({ ...entry, event });
  return { body, hash: entryHash(previousHash, body, tools.sha256), texts };
}

/** The entry as it was written, with null for each text that was redacted since. */
export function unseal(record: Omit<StoredRecord, 'hash'>): Entry {
  const entry = readBody(record.body);
  if (entry === null) throw new TypeError('a stored record is not an entry');
  if (!('texts' in entry.event)) return entry;

  const kept = new Map(record.texts.map(({ name, text }) => [name, text]));
  const names = Object.keys(textsOfEvent(entry.event));
  const texts = Object.fromEntries(names.map((name) => [name, kept.get(name) ?? null]));
  return { ...entry, event: { ...entry.event, texts } };
}

export type ChainReport = {
  intact: boolean;
  /** The position of the first entry that is not what was recorded; null while intact. */
  brokenAt: number | null;
  /** The hash of the last entry; a missing tail shows only against a head that was kept elsewhere. */
  head: string;
  entries: number;
};

/** Checks all records of one stream, in order: chain, positions, and each text that is still there. */
export function verifyChain(records: readonly StoredRecord[], sha256: Sha256): ChainReport {
  let previous = chainStart;
  let stream: string | null = null;
  let brokenAt: number | null = null;

  for (const [index, record] of records.entries()) {
    const entry = readBody(record.body);
    stream ??= entry?.stream ?? null;
    const sound =
      entry !== null &&
      entry.stream === stream &&
      entry.position === index + 1 &&
      record.hash === entryHash(previous, record.body, sha256) &&
      textsMatch(entry.event, record.texts, sha256);
    if (!sound) brokenAt ??= index + 1;
    previous = record.hash;
  }
  return { intact: brokenAt === null, brokenAt, head: previous, entries: records.length };
}

function textsMatch(event: JsonObject, texts: readonly EntryText[], sha256: Sha256): boolean {
  const hashes = textsOfEvent(event);
  return texts.every(({ name, salt, text }) => {
    if (text === null) return true;
    return salt !== null && hashes[name] === textHash(salt, text, sha256);
  });
}

function textHash(salt: string, text: string, sha256: Sha256): string {
  return `sha256:${sha256(salt + text)}`;
}

function textsOfEvent(event: JsonObject): Record<string, string | null> {
  const { texts } = event;
  if (texts === undefined) return {};
  if (!isJsonObject(texts)) throw new TypeError('the texts of an event are an object');
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      if (text !== null && typeof text !== 'string') throw new TypeError(`no text: ${name}`);
      return [name, text];
    }),
  );
}

function readBody(body: string): Entry | null {
  const entry = parse(body);
  if (!isJsonObject(entry)) return null;
  const { stream, position, recordedAt, event } = entry;
  if (typeof stream !== 'string' || typeof position !== 'number') return null;
  if (typeof recordedAt !== 'string' || !isJsonObject(event)) return null;
  return { stream, position, recordedAt, event };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
