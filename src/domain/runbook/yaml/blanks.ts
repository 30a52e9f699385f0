import { type Reading, Unreadable } from './reading.ts';

export const isBlank = (char: string | undefined) => char === ' ' || char === '\t' || char === '\r';
export const isBreakOrEnd = (char: string | undefined) => char === '\n' || char === undefined;
/** An indicator such as `-` or `:` is one only before a blank. */
export const isGap = (char: string | undefined) => isBlank(char) || isBreakOrEnd(char);

/** Past blanks on this line. */
export function skipSpaces(reading: Reading): void {
  while (isBlank(reading.text[reading.at])) reading.at += 1;
}

/** Past blanks, line ends and comments, which are kept. */
export function skipBlanks(reading: Reading): void {
  const { text } = reading;
  for (;;) {
    skipSpaces(reading);
    const char = text[reading.at];
    if (char === '\n') startLine(reading, reading.at + 1);
    else if (char === '#') skipComment(reading);
    else return;
  }
}

export function startLine(reading: Reading, at: number): void {
  reading.at = at;
  reading.lineStart = at;
}

function skipComment(reading: Reading): void {
  const { text, at } = reading;
  if (at !== reading.lineStart && !isBlank(text[at - 1])) {
    throw new Unreadable({ start: at, end: at + 1 }, 'a comment needs a blank before its #');
  }
  const end = lineEnd(text, at);
  reading.comments.push({ start: at, end });
  reading.at = end;
}

export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

export const END = -1;
export const SAME_LINE = Number.POSITIVE_INFINITY;

/**
 * Goes to what comes next, and answers with its column: END where the document ends, SAME_LINE where
 * something stands before it on its line.
 */
export function nextColumn(reading: Reading): number {
  skipBlanks(reading);
  const { text, at, lineStart } = reading;
  if (at >= text.length || isMarker(text, at, lineStart)) return END;
  const before = text.slice(lineStart, at);
  if (before.trim() !== '') return SAME_LINE;
  const tab = before.indexOf('\t');
  if (tab !== -1) rejectTab(lineStart + tab);
  return at - lineStart;
}

export function rejectTab(at: number): never {
  throw new Unreadable({ start: at, end: at + 1 }, 'tabs are not allowed as indentation');
}

/** `---` or `...` at the begin of a line. */
export function isMarker(text: string, at: number, lineStart: number): boolean {
  if (at !== lineStart || !isGap(text[at + 3])) return false;
  return text.startsWith('---', at) || text.startsWith('...', at);
}

/** How many spaces a line begins with. */
export function indentation(text: string, lineStart: number): number {
  let at = lineStart;
  while (text[at] === ' ') at += 1;
  return at - lineStart;
}
