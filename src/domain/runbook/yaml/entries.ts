import { MAX_KEY } from './limits.ts';
import { countNode, invalid, type Reading, Unreadable } from './reading.ts';
import { nullAt, type Range, type YamlEntry, type YamlNode } from './yaml-node.ts';

/** The keys and values of a map while it is read. */
export type Entries = Map<string, YamlEntry>;
/** Null where it is no key that a map may have; the problem is noted. */
export type Key = Range & { name: string | null };

/** Makes a key of what stood before a colon. */
export function keyOf(reading: Reading, node: YamlNode, range: Range): Key {
  const name = nameOf(reading.text, node, range);
  if (name === null) invalid(reading, range, 'a key must be text');
  if (name === '<<') invalid(reading, range, 'merge keys are not allowed');
  return { ...range, name };
}

/** The same for a key that no question mark introduces: it stands on the line of its colon. */
export function implicitKey(reading: Reading, node: YamlNode, range: Range): Key {
  const { start, end } = range;
  if (end - start > MAX_KEY) {
    throw new Unreadable({ start, end: start + MAX_KEY }, 'a key has at most 1,024 characters');
  }
  if (reading.text.slice(start, reading.at).includes('\n')) {
    const colon = { start: reading.at, end: reading.at + 1 };
    const hint = 'is this line indented as it should be?';
    throw new Unreadable(colon, 'what stands before this : goes over several lines', hint);
  }
  return keyOf(reading, node, range);
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

export function emptyValue(reading: Reading, at: number): YamlNode {
  countNode(reading, at);
  return nullAt(at);
}

function nameOf(text: string, node: YamlNode, range: Range): string | null {
  if (node.kind !== 'scalar' || node.value === null || text[range.start] === '*') return null;
  if (typeof node.value !== 'string') return text.slice(node.start, node.end);
  return node.value.isWellFormed() ? node.value : null;
}
