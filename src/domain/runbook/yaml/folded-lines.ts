import { indentation, isBlank, isMarker, startLine } from './blanks.ts';
import type { Reading } from './reading.ts';

/**
 * Goes from the end of one line of a text to the next that holds something, and answers with what
 * stands in its place in the value: one line end is a blank, and of more the first is dropped.
 * Null, and nothing is passed, where the next line is no part of a text that must stand further right
 * than `parent`.
 */
export function foldLines(reading: Reading, parent: number): string | null {
  const { text } = reading;
  let [breaks, lineStart] = [0, reading.lineStart];
  let at = reading.at;
  for (;;) {
    while (isBlank(text[at])) at += 1;
    if (text[at] !== '\n') break;
    at += 1;
    breaks += 1;
    lineStart = at;
  }
  if (breaks === 0 || at >= text.length) return null;
  if (indentation(text, lineStart) <= parent || isMarker(text, at, lineStart)) return null;
  startLine(reading, lineStart);
  reading.at = at;
  return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
}
