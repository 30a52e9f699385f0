import { type Event, EVENT_ID } from 'js-yaml';

import { MAX_KEY } from './limits.ts';
import { invalid, type Reading } from './reading.ts';
import { Unreadable } from './unreadable.ts';
import type { Range, YamlEntry, YamlNode } from './yaml-node.ts';

/** The keys and values of a map while it is read. */
export type Entries = Map<string, YamlEntry>;
/** Null where it is no key that a map may have; the problem is noted. */
type Key = Range & { name: string | null };

export function keyOf(reading: Reading, event: Event | undefined, node: YamlNode): Key {
  const isAlias = event?.type === EVENT_ID.ALIAS;
  const range = isAlias ? { start: event.anchorStart - 1, end: event.anchorEnd } : node;
  const { start, end } = range;
  if (end - start > MAX_KEY) {
    throw new Unreadable({ start, end: start + MAX_KEY }, 'a key has at most 1,024 characters');
  }
  const name = isAlias ? null : nameOf(reading.source.text, node);
  if (start === end) invalid(reading, range, 'a key must stand before this :');
  else if (name === null) invalid(reading, range, 'a key must be text');
  if (name === '<<') invalid(reading, range, 'merge keys are not allowed');
  return { start, end, name };
}

/** A number or the like is a name as it is written. */
function nameOf(text: string, node: YamlNode): string | null {
  if (node.kind !== 'scalar' || node.value === null) return null;
  if (typeof node.value !== 'string') return text.slice(node.start, node.end);
  return node.value.isWellFormed() ? node.value : null;
}

export function addEntry(reading: Reading, entries: Entries, key: Key, value: YamlNode): void {
  const { name, start, end } = key;
  if (name === null) return;
  const first = entries.get(name);
  if (first === undefined) {
    entries.set(name, { key: name, keyStart: start, keyEnd: end, value });
    return;
  }
  const { line, column } = reading.source.place(first.keyStart, first.keyEnd);
  reading.problems.push(
    reading.source.problem(
      'duplicate-key',
      key,
      `the key "${name}" stands here a second time; the first is at ${line}:${column}`,
    ),
  );
}
