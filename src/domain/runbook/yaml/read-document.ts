import { parseEvents, YAMLException } from 'js-yaml';

import { commentsBetween } from './comments.ts';
import { MAX_DEPTH } from './limits.ts';
import { readNode } from './nodes.ts';
import { pass, refuse, startReading } from './reading.ts';
import type { SourceText } from './source-text.ts';
import { syntaxError } from './syntax-error.ts';
import { errorAt, Unreadable } from './unreadable.ts';

/** Reads the one document of a file. */
export function readDocument(source: SourceText) {
  const { text } = source;
  const start = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*%/.exec(text)?.[0].length ?? 0;
  if (start > 0) throw errorAt(start - 1, 'directives are not allowed');

  const reading = startReading(source, eventsOf(source));
  const { events, texts, longTexts, problems } = reading;
  const root = events.length === 0 ? null : readNode(reading, 'root');
  if (reading.next + 1 < events.length) {
    pass(reading, /(?:\s|#[^\n]*\n|\.\.\.)*/y);
    refuse(reading, { start: reading.at, end: reading.at + 3 }, 'a file holds one document');
  }
  if (root === null || root.start === root.end) {
    throw new Unreadable({ start: 0, end: 0 }, 'the file is empty');
  }
  const comments = commentsBetween(text, texts);
  return { root, problems, hasGaps: reading.hasGaps, longTexts, comments };
}

function eventsOf(source: SourceText) {
  try {
    // A scalar counts as a level of its own there.
    return parseEvents(source.text, { maxDepth: MAX_DEPTH + 1 });
  } catch (error) {
    throw error instanceof YAMLException ? syntaxError(source, error) : error;
  }
}
