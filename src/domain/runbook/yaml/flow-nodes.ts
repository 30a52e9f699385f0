import { anchored, readAlias, readAnchor } from './anchors.ts';
import { indentation, isGap, isMarker, rejectTab, skipBlanks, skipSpaces } from './blanks.ts';
import { inside } from './depth.ts';
import { addEntry, type Entries, emptyValue, implicitKey, type Key, keyOf } from './entries.ts';
import { isFlowMark } from './plain-text.ts';
import { countNode, type Reading, Unreadable } from './reading.ts';
import { checkValue, readScalar } from './scalars.ts';
import { nullAt, type Range, type YamlNode } from './yaml-node.ts';

/** The bracket around what is read: where it stands, and what its lines must stand right of. */
type Around = { open: number; parent: number };

/** Reads a list or map between brackets. */
export function readFlow(reading: Reading, parent: number): YamlNode {
  const start = reading.at;
  const around = { open: start, parent };
  reading.at += 1;
  return inside(reading, () => {
    if (reading.text[start] === '[') {
      const items = readItems(reading, around);
      return { kind: 'list', start, end: reading.at, items };
    }
    const entries = readEntries(reading, around);
    return { kind: 'map', start, end: reading.at, entries };
  });
}

function readItems(reading: Reading, around: Around) {
  const items: YamlNode[] = [];
  while (next(reading, around) !== ']') {
    items.push(readItem(reading, around));
    passComma(reading, around, ']');
  }
  reading.at += 1;
  return items;
}

function readEntries(reading: Reading, around: Around) {
  const entries: Entries = new Map();
  while (next(reading, around) !== '}') {
    readPair(reading, around, entries);
    passComma(reading, around, '}');
  }
  reading.at += 1;
  return [...entries.values()];
}

/** An item may be a map of one pair, without braces. */
function readItem(reading: Reading, around: Around): YamlNode {
  const { at: start } = reading;
  const entries: Entries = new Map();
  if (isQuestion(reading)) {
    countNode(reading, start);
    readPair(reading, around, entries);
    return { kind: 'map', start, end: reading.at, entries: [...entries.values()] };
  }
  const { node, range } = readNode(reading, around);
  if (next(reading, around) !== ':') {
    checkValue(reading, node);
    return node;
  }
  countNode(reading, start);
  readValue(reading, around, entries, implicitKey(reading, node, range));
  return { kind: 'map', start, end: reading.at, entries: [...entries.values()] };
}

function readPair(reading: Reading, around: Around, entries: Entries): void {
  if (isQuestion(reading)) {
    reading.at += 1;
    next(reading, around);
  }
  const { node, range } = readNode(reading, around);
  readValue(reading, around, entries, keyOf(reading, node, range));
}

/** The value of a key, which may be missing, and its colon, too. */
function readValue(reading: Reading, around: Around, entries: Entries, key: Key): void {
  let empty = reading.at;
  if (next(reading, around) === ':') {
    reading.at += 1;
    skipSpaces(reading);
    empty = reading.at;
    if (!isEndOfValue(next(reading, around))) {
      const { node } = readNode(reading, around);
      checkValue(reading, node);
      addEntry(reading, entries, key, node);
      return;
    }
  }
  addEntry(reading, entries, key, emptyValue(reading, empty));
}

/** A node, and what of the file it is written as: of an alias that is another place. */
function readNode(reading: Reading, around: Around): { node: YamlNode; range: Range } {
  const anchor = readAnchor(reading);
  const empty = reading.at;
  const mark = anchor === null ? reading.text[empty] : next(reading, around);
  const start = reading.at;
  const node = anchored(reading, anchor, () => {
    if (anchor !== null && (isEndOfValue(mark) || mark === ':')) return nullAt(empty);
    if (mark === '[' || mark === '{') return readFlow(reading, around.parent);
    return mark === '*' ? readAlias(reading) : readScalar(reading, around.parent, true);
  });
  return { node, range: { start, end: reading.at } };
}

/** Goes to the next thing between the brackets, and answers with its first character. */
function next(reading: Reading, { open, parent }: Around): string {
  const { text, lineStart } = reading;
  skipBlanks(reading);
  const { at } = reading;
  const mark = text.charAt(at);
  if (mark === '' || isMarker(text, at, reading.lineStart)) throw neverClosed(reading, open);
  if (reading.lineStart === lineStart) return mark;

  const spaces = indentation(text, reading.lineStart);
  const least = mark === ']' || mark === '}' ? parent : parent + 1;
  if (spaces >= least) return mark;
  if (text[reading.lineStart + spaces] === '\t') rejectTab(reading.lineStart + spaces);
  const { line, column } = reading.source.place(open, open + 1);
  const message = `the ${text.charAt(open)} at ${line}:${column} is not closed before this line, which is not indented far enough`;
  throw new Unreadable({ start: at, end: at + 1 }, message);
}

function passComma(reading: Reading, around: Around, close: string): void {
  const mark = next(reading, around);
  if (mark === ',') reading.at += 1;
  else if (mark !== close) {
    const range = { start: reading.at, end: reading.at + 1 };
    throw new Unreadable(range, `a comma or ${close} must stand before this`);
  }
}

function neverClosed({ text }: Reading, open: number): Unreadable {
  return new Unreadable(
    { start: open, end: open + 1 },
    `this ${text.charAt(open)} is never closed`,
  );
}

function isEndOfValue(mark: string | undefined): boolean {
  return mark === ',' || mark === ']' || mark === '}';
}

function isQuestion({ text, at }: Reading): boolean {
  return text[at] === '?' && (isGap(text[at + 1]) || isFlowMark(text[at + 1]));
}
