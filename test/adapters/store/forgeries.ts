import { sha256 } from '#adapters/store/event-store.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { isJsonArray, isJsonObject, objectOf, type Json, type JsonObject } from '#domain/json.ts';
import {
  beforeFirst,
  entryHash,
  type SealedEntry,
  type SealedText,
} from '#domain/timeline/record.ts';
import type { Random } from '#test/simulation/engine/random.ts';

/** What somebody makes of a stored record. It may be the same record, where chance has it so. */
type Forgery = (entries: readonly SealedEntry[], random: Random) => SealedEntry[];

/** Changes that leave the hashes of the others as they are. */
export const plainForgeries: Readonly<Record<string, Forgery>> = {
  'a character changed': at((entry, random) => ({
    ...entry,
    body: otherCharacter(entry.body, random),
  })),
  'a field changed': at((entry, random) => ({ ...entry, body: otherField(entry.body, random) })),
  'a hash changed': at((entry, random) => ({ ...entry, hash: otherCharacter(entry.hash, random) })),
  'an entry dropped': (entries, random) => entries.toSpliced(below(entries.length - 1, random), 1),
  'an entry dropped, and the gap closed': (entries, random) =>
    renumbered(entries.toSpliced(below(entries.length - 1, random), 1)),
  'two entries swapped': (entries, random) => renumbered(swapped(entries, random)),
  'an entry doubled': (entries, random) => renumbered(doubled(entries, random)),
  'an entry inserted': (entries, random) => renumbered(inserted(entries, random)),
  'a text changed': inTexts((text) => ({ ...text, text: `${text.text ?? ''}.` })),
  'a salt changed': inTexts((text) => ({ ...text, salt: `${text.salt}0` })),
  'a text erased': inTexts((text) => ({ ...text, text: null, salt: '' })),
  'a text emptied': inTexts((text) => ({ ...text, text: null })),
  'a text renamed': inTexts((text) => ({ ...text, name: `${text.name}s` })),
  'a text removed': inTexts(() => null),
  'a text added': at((entry) => ({
    ...entry,
    texts: [...entry.texts, { name: 'more', salt: '', text: null }],
  })),
};

/** Changes of what the last entry's hash was posted of, after which the chain is made anew: nothing but that head tells. */
export const consistentForgeries: Readonly<Record<string, Forgery>> = {
  'a field changed': at((entry, random) => ({ ...entry, body: otherField(entry.body, random) })),
  'an entry dropped': (entries, random) => entries.toSpliced(below(entries.length, random), 1),
  'two entries swapped': swapped,
  'an entry doubled': (entries, random) => [
    ...doubled(entries.slice(0, -1), random),
    ...entries.slice(-1),
  ],
  'an entry inserted': inserted,
  'a text changed': (entries, random) =>
    inTexts((text) => ({ ...text, text: `${text.text ?? ''}.` }))(entries, random).map(resealed),
  'the tail cut off': (entries, random) => entries.slice(0, 1 + below(entries.length - 1, random)),
};

/** With positions and hashes as if it had been recorded so. */
export function chained(entries: readonly SealedEntry[]): SealedEntry[] {
  let previous = beforeFirst;
  return entries.map((entry, index) => {
    const position = index + 1;
    const body = canonicalJson({ ...parsed(entry.body), position });
    previous = entryHash(sha256, previous, body);
    return { ...entry, position, body, hash: previous };
  });
}

function below(count: number, random: Random): number {
  return random.whole(0, count - 1);
}

function at(change: (entry: SealedEntry, random: Random) => SealedEntry): Forgery {
  return (entries, random) => {
    const chosen = below(entries.length, random);
    return entries.map((entry, index) => (index === chosen ? change(entry, random) : entry));
  };
}

function inTexts(change: (text: SealedText) => SealedText | null): Forgery {
  return (entries, random) => {
    const places = entries.flatMap(({ texts }, index) =>
      texts.map(({ name }) => ({ index, name })),
    );
    const place = random.pick(places);
    const changed = (text: SealedText) => (text.name === place?.name ? change(text) : text);
    return entries.map((entry, index) =>
      index === place?.index
        ? { ...entry, texts: entry.texts.map(changed).filter((text) => text !== null) }
        : entry,
    );
  };
}

function renumbered(entries: readonly SealedEntry[]): SealedEntry[] {
  return entries.map((entry, index) => ({ ...entry, position: index + 1 }));
}

function swapped(entries: readonly SealedEntry[], random: Random): SealedEntry[] {
  const [one, other] = [below(entries.length, random), below(entries.length, random)];
  const places = entries.map((_entry, index) =>
    index === one ? other : index === other ? one : index,
  );
  return places.flatMap((place) => entries[place] ?? []);
}

function doubled(entries: readonly SealedEntry[], random: Random): SealedEntry[] {
  const chosen = below(entries.length, random);
  return entries.flatMap((entry, index) => (index === chosen ? [entry, entry] : [entry]));
}

/** An approval or so that never was, with a hash that follows from the entry before it. */
function inserted(entries: readonly SealedEntry[], random: Random): SealedEntry[] {
  const place = below(entries.length, random);
  const like = random.pick(entries);
  if (like === undefined) return [];
  const position = place + 1;
  const body = canonicalJson({ ...parsed(otherField(like.body, random)), position });
  const hash = entryHash(sha256, entries[place - 1]?.hash ?? beforeFirst, body);
  return entries.toSpliced(place, 0, { ...like, position, body, hash });
}

function resealed(entry: SealedEntry): SealedEntry {
  const record = parsed(entry.body);
  const event = objectOf(record['event']);
  if (!('texts' in event)) return entry;
  const hashes = entry.texts.map(({ name, salt, text }) =>
    text === null
      ? [name, objectOf(event['texts'])[name] ?? null]
      : [name, `sha256:${sha256(`${salt}${text}`)}`],
  );
  const texts: JsonObject = Object.fromEntries(hashes);
  return { ...entry, body: canonicalJson({ ...record, event: { ...event, texts } }) };
}

function otherCharacter(text: string, random: Random): string {
  const place = below(text.length, random);
  const other = random.pick(Array.from('0123456789abcdef"{}[]:,. ')) ?? '';
  return `${text.slice(0, place)}${other}${text.slice(place + 1)}`;
}

/** One value somewhere in it is another one. */
function otherField(body: string, random: Random): string {
  const record = parsed(body);
  const path = random.pick(leaves(record)) ?? [];
  return canonicalJson(changedAt(record, path, random));
}

type Path = readonly (string | number)[];

function leaves(value: Json): Path[] {
  const members = isJsonArray(value) ? [...value.entries()] : Object.entries(objectOf(value));
  if (!isJsonArray(value) && !isJsonObject(value)) return [[]];
  return members.flatMap(([key, member]) => leaves(member).map((path) => [key, ...path]));
}

function changedAt(value: Json, [key, ...rest]: Path, random: Random): Json {
  if (key === undefined) {
    if (typeof value === 'number') return value + 1;
    if (typeof value === 'boolean') return !value;
    return typeof value === 'string' ? otherCharacter(`${value} `, random) : 'something';
  }
  if (isJsonArray(value)) {
    return value.map((member, index) => (index === key ? changedAt(member, rest, random) : member));
  }
  const object = objectOf(value);
  return { ...object, [key]: changedAt(object[key] ?? null, rest, random) };
}

function parsed(body: string): JsonObject {
  return objectOf(JSON.parse(body));
}
