import type { Diagnostic, Place } from '#domain/diagnostic.ts';
import type { RuleId } from '#domain/runbook/rule-id.ts';

/** A file's text that turns offsets into places. Columns count UTF-16 units, as editors do. */
export type SourceText = {
  file: string;
  text: string;
  /** The place of a range, at least one character wide. The end of a line is no part of it. */
  place(start: number, end: number): Place;
  problem(
    rule: RuleId,
    range: { start: number; end: number },
    message: string,
    hint?: string,
  ): Diagnostic;
};

export function createSourceText(file: string, text: string): SourceText {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    lineStarts.push(at + 1);
  }

  function place(from: number, to: number): Place {
    const start = Math.min(Math.max(from, 0), text.length);
    const end = Math.max(start + 1, endOfText(text, start, Math.min(to, text.length)));
    const index = lastAtMost(lineStarts, start);
    const endIndex = lastAtMost(lineStarts, end - 1);
    return {
      file,
      line: index + 1,
      column: start - (lineStarts[index] ?? 0) + 1,
      endLine: endIndex + 1,
      endColumn: end - (lineStarts[endIndex] ?? 0) + 1,
    };
  }

  return {
    file,
    text,
    place,
    problem: (rule, { start, end }, message, hint) => ({
      ...place(start, end),
      severity: 'error',
      rule,
      message: shortened(message),
      ...(hint === undefined ? {} : { hint }),
    }),
  };
}

/** A message names what stands in the file, however long that is. */
const LONGEST_MESSAGE = 300;

function shortened(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}…`;
}

/** Without the line breaks and blanks that a block ends with. */
function endOfText(text: string, start: number, to: number): number {
  let end = to;
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
  return end;
}

function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
