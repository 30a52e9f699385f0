import { anchored, readAlias, readAnchor, secondName } from './anchors.ts';
import { END, isBreakOrEnd, isGap, nextColumn, SAME_LINE, skipSpaces } from './blanks.ts';
import { inside } from './depth.ts';
import { addEntry, type Entries, emptyValue, implicitKey, type Key, keyOf } from './entries.ts';
import { readFlow } from './flow-nodes.ts';
import { countNode, type Reading, Unreadable } from './reading.ts';
import { checkValue, isBlockText, readBlockScalar, readScalar } from './scalars.ts';
import { nullAt, type YamlNode } from './yaml-node.ts';

/**
 * Where a node stands. `parent` is the column of what holds it, which it stands right of; a list may
 * stand in the column of its key. Whether a list or map may begin on the same line is `isCompact`.
 */
type Around = { parent: number; isCompact: boolean; behindKey: boolean };

/** Reads the node behind a mark or a colon; a missing one is null. */
export function readBlock(reading: Reading, around: Around): YamlNode {
  const before = reading.at;
  skipSpaces(reading);
  const empty = reading.at;
  const isTabbed = reading.text.slice(before, empty).includes('\t');
  const column = nextColumn(reading);
  if (!isInside(reading, column, around)) return emptyValue(reading, empty);

  const start = reading.at;
  const mayOpen = column !== SAME_LINE || (around.isCompact && !isTabbed);
  const anchor = readAnchor(reading);
  if (anchor === null) return readContent(reading, around, { start, mayOpen, anchor });

  skipSpaces(reading);
  const afterAnchor = reading.at;
  const below = nextColumn(reading);
  if (below === SAME_LINE) return readContent(reading, around, { start, mayOpen, anchor });
  return anchored(reading, anchor, () =>
    isInside(reading, below, around) ? readBelowAnchor(reading, around) : nullAt(afterAnchor),
  );
}

function isInside(reading: Reading, column: number, { parent, behindKey }: Around): boolean {
  if (column === END) return false;
  return column > parent || (behindKey && column === parent && isMark(reading, '-'));
}

/** An anchor on this line is that of a key. */
function readBelowAnchor(reading: Reading, around: Around): YamlNode {
  const start = reading.at;
  const anchor = readAnchor(reading);
  if (anchor !== null) skipSpaces(reading);
  if (isBreakOrEnd(reading.text[reading.at])) throw secondName({ start, end: reading.at });
  return readContent(reading, around, { start, mayOpen: true, anchor });
}

type Begin = { start: number; mayOpen: boolean; anchor: string | null };

function readContent(reading: Reading, { parent }: Around, begin: Begin): YamlNode {
  const { start, mayOpen, anchor } = begin;
  const column = start - reading.lineStart;
  if (mayOpen && anchor === null) {
    if (isMark(reading, '-')) return readList(reading, column);
    if (isMark(reading, '?')) return readMap(reading, column, null);
  }
  const own = reading.at;
  const node = anchored(reading, anchor, () => readAtom(reading, parent));
  const range = { start: own, end: reading.at };
  if (!isBehindKey(reading)) {
    checkValue(reading, node);
    return node;
  }
  const key = implicitKey(reading, node, range);
  if (!mayOpen) {
    const colon = { start: reading.at, end: reading.at + 1 };
    const hint = 'put a text with ": " in it in quotes';
    throw new Unreadable(colon, 'a map begins on a line of its own', hint);
  }
  return readMap(reading, column, key);
}

/** What is no list with dashes and no map without braces; it may be a key. */
function readAtom(reading: Reading, parent: number): YamlNode {
  const mark = reading.text[reading.at];
  if (mark === '[' || mark === '{') return readFlow(reading, parent);
  if (mark === '*') return readAlias(reading);
  return isBlockText(reading)
    ? readBlockScalar(reading, parent)
    : readScalar(reading, parent, false);
}

function readList(reading: Reading, column: number): YamlNode {
  countNode(reading, reading.at);
  return inside(reading, () => {
    const start = reading.at;
    const items: YamlNode[] = [];
    do {
      reading.at += 1;
      items.push(readBlock(reading, { parent: column, isCompact: true, behindKey: false }));
    } while (isNext(reading, column) && isMark(reading, '-'));
    return { kind: 'list', start, end: items.at(-1)?.end ?? start, items };
  });
}

function readMap(reading: Reading, column: number, firstKey: Key | null): YamlNode {
  const start = firstKey?.start ?? reading.at;
  countNode(reading, start);
  return inside(reading, () => {
    const entries: Entries = new Map();
    let value = readEntry(reading, column, entries, firstKey);
    while (isNext(reading, column)) value = readEntry(reading, column, entries, null);
    return { kind: 'map', start, end: value.end, entries: [...entries.values()] };
  });
}

function readEntry(
  reading: Reading,
  column: number,
  entries: Entries,
  firstKey: Key | null,
): YamlNode {
  let key = firstKey;
  let value: YamlNode;
  if (key === null && isMark(reading, '?')) {
    key = readExplicitKey(reading, column);
    value = readExplicitValue(reading, column);
  } else {
    key ??= readKey(reading, column);
    reading.at += 1;
    value = readBlock(reading, { parent: column, isCompact: false, behindKey: true });
  }
  addEntry(reading, entries, key, value);
  return value;
}

/** Reads a key up to its colon. */
function readKey(reading: Reading, column: number): Key {
  if (isMark(reading, '-')) {
    const range = { start: reading.at, end: reading.at + 1 };
    throw new Unreadable(range, 'an item of a list stands among keys');
  }
  const anchor = readAnchor(reading);
  skipSpaces(reading);
  const start = reading.at;
  const node = anchored(reading, anchor, () => readAtom(reading, column));
  const range = { start, end: reading.at };
  if (!isBehindKey(reading)) throw new Unreadable(range, 'a : must follow this key');
  return implicitKey(reading, node, range);
}

function readExplicitKey(reading: Reading, column: number): Key {
  reading.at += 1;
  const node = readBlock(reading, { parent: column, isCompact: true, behindKey: false });
  return keyOf(reading, node, { start: node.start, end: node.end });
}

function readExplicitValue(reading: Reading, column: number): YamlNode {
  const empty = reading.at;
  if (nextColumn(reading) !== column || !isMark(reading, ':')) return emptyValue(reading, empty);
  reading.at += 1;
  return readBlock(reading, { parent: column, isCompact: true, behindKey: true });
}

/** Whether there is more in this column; what stands further right belongs to nothing. */
function isNext(reading: Reading, column: number): boolean {
  const next = nextColumn(reading);
  if (next > column) throw misplaced(reading, next);
  return next === column;
}

export function misplaced({ at }: Reading, column: number): Unreadable {
  const message =
    column === SAME_LINE
      ? 'this does not belong behind the value before it'
      : 'this line is indented like nothing above it';
  return new Unreadable({ start: at, end: at + 1 }, message);
}

/** Whether a colon on the same line makes a key of what was read; goes to it. */
function isBehindKey(reading: Reading): boolean {
  // A text behind | or > ends on a line of its own.
  if (reading.at === reading.lineStart) return false;
  skipSpaces(reading);
  return isMark(reading, ':');
}

function isMark({ text, at }: Reading, mark: string): boolean {
  return text[at] === mark && isGap(text[at + 1]);
}
