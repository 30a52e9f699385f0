import type { Event } from 'js-yaml';

import type { Diagnostic } from '#domain/diagnostic.ts';

import { MAX_NODES } from './limits.ts';
import type { SourceText } from './source-text.ts';
import { Unreadable } from './unreadable.ts';
import { nullAt, type Range, type YamlNode } from './yaml-node.ts';

/** A file while a tree is made of its events, from its begin to its end and never back. */
export type Reading = {
  readonly source: SourceText;
  readonly events: readonly Event[];
  /** The index of the next event, and where what was read so far ends. */
  next: number;
  at: number;
  /** Values and keys so far, those behind an alias counted each time. */
  size: number;
  aliases: number;
  /** By anchor, the newest so far; null while it is being read, when an alias closes a cycle. */
  readonly anchors: Map<string, { node: YamlNode; size: number } | null>;
  /** Where scalars have their text, without quotes and headers. */
  readonly texts: Range[];
  /** Scalars that go on over several lines; a block begins with its `|` or `>`. */
  readonly longTexts: Range[];
  /** What is wrong and keeps nobody from reading on. */
  readonly problems: Diagnostic[];
  /** Whether one of them left a hole in the tree. */
  hasGaps: boolean;
};

export function startReading(source: SourceText, events: readonly Event[]): Reading {
  return {
    source,
    events,
    // The first one is the document.
    next: 1,
    at: 0,
    size: 0,
    aliases: 0,
    anchors: new Map(),
    texts: [],
    longTexts: [],
    problems: [],
    hasGaps: false,
  };
}

export function countNodes(reading: Reading, more: number, range: Range): void {
  reading.size += more;
  if (reading.size > MAX_NODES) {
    throw new Unreadable(range, 'with this the file has more than 5,000 values');
  }
}

/** Notes what is not allowed, though what it says is plain. */
export function refuse(reading: Reading, range: Range, message: string): void {
  reading.problems.push(reading.source.problem('bad-yaml', range, message));
}

/** Notes what is wrong with a value; null stands in its place. */
export function invalid(reading: Reading, range: Range, message: string): YamlNode {
  refuse(reading, range, message);
  reading.hasGaps = true;
  return { ...nullAt(range.start), end: range.end };
}

/** Goes past what matches here, if anything does. */
export function pass(reading: Reading, sticky: RegExp): void {
  sticky.lastIndex = reading.at;
  reading.at += sticky.exec(reading.source.text)?.[0].length ?? 0;
}
