import { redacted } from '#domain/incident/evolve.ts';
import { isJsonArray, isJsonObject, objectOf, type Json, type JsonObject } from '#domain/json.ts';

import { mapFreeText, type Path } from './free-text.ts';
import type { StreamEvent } from './stream.ts';

/**
 * Where a runbook has put what a person typed into something else (a question, a request, a finding),
 * that text stands under `texts` as well, named by its place in the event, such as `/draft/question`.
 * So it can be erased with the words that it repeats, and whoever reads the event gets it in its place.
 */

/** Fewer characters than that stand anywhere by chance. */
export const shortestWords = 4;
/** Lists of sentences that a person typed. */
const typedLists: ReadonlySet<string> = new Set(['followUps']);

/** What people have typed so far that can be told from other text. */
export function typedTexts(events: readonly StreamEvent[]): string[] {
  const typed = events.filter(({ actor }) => actor.kind === 'person').flatMap(textsOf);
  return [...new Set(typed.filter((text) => text.length >= shortestWords))];
}

export function textsOf(event: StreamEvent): string[] {
  const texts = 'texts' in event ? Object.values(event.texts ?? {}) : [];
  return texts.filter((text) => text !== null);
}

/** The event with each text under `texts` in which something typed stands. */
export function sealCopies(event: JsonObject, typed: readonly string[]): JsonObject {
  const copies: Record<string, string> = {};
  const byPerson = objectOf(event['actor'])['kind'] === 'person';
  if (typed.length === 0 && !byPerson) return event;
  const sealed = mapFreeText(event, (text, path) => {
    const [field] = path;
    const isTyped = byPerson && typedLists.has(String(field));
    if (field === 'texts' || text === '') return text;
    if (!isTyped && !typed.some((words) => text.includes(words))) return text;
    copies[pointerOf(path)] = text;
    return '';
  });
  return Object.keys(copies).length === 0
    ? event
    : { ...sealed, texts: { ...objectOf(event['texts']), ...copies } };
}

/** The event as it was before its copies were put under `texts`. */
export function putCopiesBack(stored: JsonObject): JsonObject {
  const texts = Object.entries(objectOf(stored['texts']));
  const copies = texts.filter(([name]) => isCopy(name));
  if (copies.length === 0) return stored;
  const { texts: _sealed, ...event } = stored;
  const whole = copies.reduce<Json>(
    (before, [name, text]) => withText(before, pathOf(name), text ?? redacted),
    event,
  );
  const own = texts.filter(([name]) => !isCopy(name));
  return { ...objectOf(whole), ...(own.length > 0 && { texts: Object.fromEntries(own) }) };
}

/** Whether such words stand in a copy within a stored event. */
export function hasCopyOf(stored: JsonObject, words: readonly string[]): boolean {
  return Object.entries(objectOf(stored['texts'])).some(
    ([name, text]) =>
      isCopy(name) && typeof text === 'string' && words.some((one) => text.includes(one)),
  );
}

function isCopy(name: string): boolean {
  return name.startsWith('/');
}

/** RFC 6901. */
function pointerOf(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function pathOf(pointer: string): string[] {
  const keys = pointer.split('/').slice(1);
  return keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function withText(value: Json, [key, ...rest]: readonly string[], text: Json): Json {
  if (key === undefined) return text;
  if (isJsonArray(value)) {
    return value.map((item, index) => (String(index) === key ? withText(item, rest, text) : item));
  }
  if (!isJsonObject(value) || !(key in value)) return value;
  return { ...value, [key]: withText(value[key] ?? null, rest, text) };
}
