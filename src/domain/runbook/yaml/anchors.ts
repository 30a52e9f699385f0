import { isGap } from './blanks.ts';
import { MAX_ALIASES, MAX_NODES } from './limits.ts';
import { isFlowMark } from './plain-text.ts';
import { countNode, invalid, type Reading, Unreadable } from './reading.ts';
import type { Range, YamlNode } from './yaml-node.ts';

/** The name behind a `&`, which is passed; null where there is none. */
export function readAnchor(reading: Reading): string | null {
  return reading.text[reading.at] === '&' ? readName(reading) : null;
}

export function secondName(range: Range): Unreadable {
  return new Unreadable(range, 'this is a second name for one value');
}

/** Reads a node, and remembers it by its anchor. */
export function anchored(reading: Reading, anchor: string | null, read: () => YamlNode): YamlNode {
  const before = reading.size;
  countNode(reading, reading.at);
  if (anchor === null) return read();
  if (reading.text[reading.at] === '&') {
    throw secondName({ start: reading.at, end: reading.at + 1 });
  }
  reading.anchors.set(anchor, null);
  const node = read();
  reading.anchors.set(anchor, { node, size: reading.size - before });
  return node;
}

/** What an alias stands for. */
export function readAlias(reading: Reading): YamlNode {
  const start = reading.at;
  const name = readName(reading);
  const range = { start, end: reading.at };
  reading.aliases += 1;
  if (reading.aliases > MAX_ALIASES) {
    throw new Unreadable(range, 'the file has more than 20 aliases');
  }
  const target = reading.anchors.get(name);
  if (target === undefined) return invalid(reading, range, `nothing is named &${name}`);
  if (target === null) return invalid(reading, range, `*${name} stands inside itself`);
  reading.size += target.size - 1;
  if (reading.size > MAX_NODES) {
    throw new Unreadable(range, 'with this alias the file has more than 5,000 values');
  }
  return target.node;
}

function readName(reading: Reading): string {
  const { text, at: start } = reading;
  let end = start + 1;
  while (!isGap(text[end]) && !isFlowMark(text[end])) end += 1;
  if (end === start + 1) {
    throw new Unreadable(
      { start, end },
      `a name must follow this ${text.charAt(start)}`,
      'put it in quotes if it is text',
    );
  }
  reading.at = end;
  return text.slice(start + 1, end);
}
