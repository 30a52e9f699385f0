import { END, isGap, isMarker, nextColumn, skipBlanks } from './blanks.ts';
import { misplaced, readBlock } from './block-nodes.ts';
import { type Reading, Unreadable } from './reading.ts';
import type { YamlNode } from './yaml-node.ts';

/** Reads the one document of a file. */
export function readDocument(reading: Reading): YamlNode {
  const { text } = reading;
  skipBlanks(reading);
  if (text[reading.at] === '%' && reading.at === reading.lineStart) {
    throw new Unreadable(wordAt(text, reading.at), 'directives are not allowed');
  }
  if (isMarker(text, reading.at, reading.lineStart) && text[reading.at] === '-') reading.at += 3;

  const root = readBlock(reading, { parent: -1, isCompact: false, behindKey: false });
  const column = nextColumn(reading);
  if (column !== END) throw misplaced(reading, column);
  if (text.startsWith('...', reading.at)) {
    reading.at += 3;
    skipBlanks(reading);
  }
  if (reading.at < text.length) {
    throw new Unreadable(wordAt(text, reading.at), 'a file holds one document');
  }
  if (root.start === root.end) throw new Unreadable({ start: 0, end: 0 }, 'the file is empty');
  return root;
}

function wordAt(text: string, start: number) {
  let end = start;
  while (!isGap(text[end])) end += 1;
  return { start, end };
}
