import {
  type AliasEvent,
  COLLECTION_STYLE,
  EVENT_ID,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';

import { addEntry, type Entries, keyOf } from './entries.ts';
import { MAX_ALIASES } from './limits.ts';
import { countNodes, invalid, pass, type Reading, refuse } from './reading.ts';
import { readScalar, type Role } from './scalars.ts';
import { Unreadable } from './unreadable.ts';
import type { YamlNode } from './yaml-node.ts';

export function readNode(reading: Reading, role: Role): YamlNode {
  const event = reading.events[reading.next];
  reading.next += 1;
  switch (event?.type) {
    case EVENT_ID.ALIAS:
      return readAlias(reading, event);
    case EVENT_ID.SCALAR:
      return named(reading, event, () => readScalar(reading, event, role));
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return named(reading, event, () => readCollection(reading, event));
    default:
      throw new TypeError('no node begins with this event');
  }
}

/** Reads a node, and remembers it by its anchor. */
function named(
  reading: Reading,
  event: ScalarEvent | SequenceEvent | MappingEvent,
  read: () => YamlNode,
): YamlNode {
  const { tagStart, tagEnd, anchorStart, anchorEnd } = event;
  if (tagStart !== -1) refuse(reading, { start: tagStart, end: tagEnd }, 'tags are not allowed');
  const before = reading.size;
  const start = 'start' in event ? event.start : Math.max(event.valueStart, reading.at);
  countNodes(reading, 1, { start, end: start + 1 });
  if (anchorStart === -1) return read();
  const name = reading.source.text.slice(anchorStart, anchorEnd);
  reading.anchors.set(name, null);
  const node = read();
  reading.anchors.set(name, { node, size: reading.size - before });
  return node;
}

/** What an alias stands for. */
function readAlias(reading: Reading, { anchorStart, anchorEnd }: AliasEvent): YamlNode {
  const range = { start: anchorStart - 1, end: anchorEnd };
  reading.at = anchorEnd;
  reading.aliases += 1;
  if (reading.aliases > MAX_ALIASES) {
    throw new Unreadable(range, 'the file has more than 20 aliases');
  }
  const name = reading.source.text.slice(anchorStart, anchorEnd);
  const target = reading.anchors.get(name);
  if (target === undefined) return invalid(reading, range, `nothing is named &${name}`);
  if (target === null) return invalid(reading, range, `*${name} stands inside itself`);
  countNodes(reading, target.size, range);
  return target.node;
}

function readCollection(reading: Reading, event: SequenceEvent | MappingEvent): YamlNode {
  const { start, style } = event;
  // Of those between brackets, only a map of one pair in a list has none of its own.
  const open = style === COLLECTION_STYLE.FLOW ? reading.source.text.charAt(start) : '';
  const close = CLOSING.get(open);
  reading.at = close === undefined ? start : start + 1;
  const content =
    event.type === EVENT_ID.SEQUENCE
      ? ({ kind: 'list', items: readItems(reading) } as const)
      : ({ kind: 'map', entries: readEntries(reading) } as const);
  reading.next += 1;
  if (close !== undefined) pass(reading, close);
  return { start, end: reading.at, ...content };
}

const CLOSING = new Map([
  ['[', /(?:[\s,]|#[^\n]*\n)*\]/y],
  ['{', /(?:[\s,]|#[^\n]*\n)*\}/y],
]);

const isOver = ({ events, next }: Reading) => events[next]?.type === EVENT_ID.POP;

function readItems(reading: Reading): readonly YamlNode[] {
  const items: YamlNode[] = [];
  while (!isOver(reading)) items.push(readNode(reading, 'item'));
  return items;
}

function readEntries(reading: Reading) {
  const entries: Entries = new Map();
  while (!isOver(reading)) {
    const event = reading.events[reading.next];
    const key = keyOf(reading, event, readNode(reading, 'key'));
    addEntry(reading, entries, key, readNode(reading, 'value'));
  }
  return [...entries.values()];
}
