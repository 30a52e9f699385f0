import {
  indentation,
  isBlank,
  isBreakOrEnd,
  isMarker,
  lineEnd,
  skipSpaces,
  startLine,
} from './blanks.ts';
import { type Reading, Unreadable } from './reading.ts';

const HEADER = /[|>]([1-9]?)([+-]?)([1-9]?)/y;

/** Reads a text behind `|` or `>`, whose lines stand further right than `parent`. */
export function readBlockText(reading: Reading, parent: number): string {
  const { text, at: start } = reading;
  HEADER.lastIndex = start;
  const [header = '', before = '', chomping = '', after = ''] = HEADER.exec(text) ?? [];
  reading.at += header.length;
  skipHeaderEnd(reading);

  const given = Number(before || after);
  const lines = readLines(reading, given === 0 ? null : Math.max(parent, 0) + given, parent);
  const content = lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
  const value = text[start] === '>' ? fold(content) : content.join('\n');
  if (chomping === '-') return value;
  const kept = chomping === '+' ? lines.length - content.length : 0;
  return value + '\n'.repeat(content.length === 0 ? kept : kept + 1);
}

/** Nothing but a comment stands behind the header. */
function skipHeaderEnd(reading: Reading): void {
  const { text, at } = reading;
  skipSpaces(reading);
  const end = lineEnd(text, reading.at);
  if (text[reading.at] === '#' && reading.at > at) {
    reading.comments.push({ start: reading.at, end });
  } else if (!isBreakOrEnd(text[reading.at])) {
    const range = { start: reading.at, end: reading.at + 1 };
    throw new Unreadable(range, 'a text behind | or > begins on the next line');
  }
  startLine(reading, Math.min(end + 1, text.length));
}

/** The lines without their indentation, which the first one with text sets unless it is `given`. */
function readLines(reading: Reading, given: number | null, parent: number): readonly string[] {
  const { text } = reading;
  const lines: string[] = [];
  let indent = given;
  let deepest = 0;
  while (reading.at < text.length) {
    const start = reading.at;
    const spaces = indentation(text, start);
    if (!LINE_END.has(text[start + spaces])) {
      if (spaces < (indent ?? parent + 1) || isMarker(text, start, start)) break;
      if (indent === null && deepest > spaces) throw unclear(start, spaces);
      indent ??= spaces;
    }
    deepest = Math.max(deepest, spaces);
    const end = lineEnd(text, start);
    const from = start + Math.min(spaces, indent ?? spaces);
    lines.push(text.slice(from, text[end - 1] === '\r' ? Math.max(from, end - 1) : end));
    startLine(reading, Math.min(end + 1, text.length));
  }
  return lines;
}

function unclear(start: number, spaces: number): Unreadable {
  const range = { start, end: start + Math.max(spaces, 1) };
  return new Unreadable(
    range,
    'a blank line above has more spaces than this first line of the text',
  );
}

/** One line end is a blank, of more the first is dropped; lines that are indented further stay as they are. */
function fold(lines: readonly string[]): string {
  let value = '';
  let [empty, isFirst, wasDeeper] = [0, true, false];
  for (const line of lines) {
    if (line === '') {
      empty += 1;
      continue;
    }
    const isDeeper = isBlank(line[0]);
    const breaks = isFirst || !(isDeeper || wasDeeper) ? empty : empty + 1;
    value += (breaks === 0 && !isFirst ? ' ' : '\n'.repeat(breaks)) + line;
    [empty, isFirst, wasDeeper] = [0, false, isDeeper];
  }
  return value;
}

const LINE_END: ReadonlySet<string | undefined> = new Set(['\n', '\r', undefined]);
