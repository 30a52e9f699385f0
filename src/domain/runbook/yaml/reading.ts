import type { Diagnostic } from '#domain/diagnostic.ts';

import { MAX_NODES } from './limits.ts';
import type { SourceText } from './source-text.ts';
import type { Range, YamlNode } from './yaml-node.ts';

/** A file while it is read, from its begin to its end and never back. */
export type Reading = {
  readonly source: SourceText;
  readonly text: string;
  at: number;
  /** Where the line of `at` begins. */
  lineStart: number;
  depth: number;
  /** Values and keys so far, those behind an alias counted each time. */
  size: number;
  aliases: number;
  /** By anchor, the newest so far; null while it is being read, when an alias closes a cycle. */
  readonly anchors: Map<string, { node: YamlNode; size: number } | null>;
  readonly comments: Range[];
  /** Texts that go on over several lines; a block begins with its `|` or `>`. */
  readonly longTexts: Range[];
  /** What is wrong and keeps nobody from reading on. */
  readonly problems: Diagnostic[];
};

/** What follows a mistake of syntax can't be understood: it ends the reading. */
export class Unreadable extends Error {
  readonly range: Range;
  readonly hint: string | undefined;

  constructor(range: Range, message: string, hint?: string) {
    super(message);
    this.range = range;
    this.hint = hint;
  }
}

export function startReading(source: SourceText): Reading {
  return {
    source,
    text: source.text,
    at: 0,
    lineStart: 0,
    depth: 0,
    size: 0,
    aliases: 0,
    anchors: new Map(),
    comments: [],
    longTexts: [],
    problems: [],
  };
}

export function countNode(reading: Reading, start: number): void {
  reading.size += 1;
  if (reading.size > MAX_NODES) {
    throw new Unreadable({ start, end: start + 1 }, 'the file has more than 5,000 values');
  }
}

/** Notes what is wrong with a value; null stands in its place. */
export function invalid(reading: Reading, range: Range, message: string): YamlNode {
  reading.problems.push(reading.source.problem('bad-yaml', range, message));
  return { kind: 'scalar', start: range.start, end: range.end, value: null };
}
