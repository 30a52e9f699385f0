import { isBlank, isBreakOrEnd, isGap } from './blanks.ts';
import { foldLines } from './folded-lines.ts';
import type { Reading } from './reading.ts';

const FLOW_MARKS = new Set([',', '[', ']', '{', '}']);
const NEVER_FIRST = new Set([...FLOW_MARKS, '#', '&', '*', '!', '|', '>', "'", '"', '%', '@', '`']);

export const isFlowMark = (char: string | undefined) => char !== undefined && FLOW_MARKS.has(char);

/** Whether a text without quotes can begin here. */
export function beginsPlain({ text, at }: Reading, inFlow: boolean): boolean {
  const first = text[at];
  if (first === undefined || NEVER_FIRST.has(first)) return false;
  if (first !== '-' && first !== '?' && first !== ':') return !isGap(first);
  return !isGap(text[at + 1]) && !(inFlow && isFlowMark(text[at + 1]));
}

/** Reads a text without quotes, with the lines below it that stand further right than `parent`. */
export function readPlain(reading: Reading, parent: number, inFlow: boolean): string {
  let value = readLine(reading, inFlow);
  while (reading.text[reading.at] !== ':') {
    const { at, lineStart } = reading;
    const fold = foldLines(reading, parent);
    const line = fold === null || reading.text[reading.at] === '#' ? '' : readLine(reading, inFlow);
    if (fold === null || line === '') {
      Object.assign(reading, { at, lineStart });
      break;
    }
    value += fold + line;
  }
  return value;
}

/** To the end of the line, a comment, or what can be no part of such a text. */
function readLine(reading: Reading, inFlow: boolean): string {
  const { text, at: start } = reading;
  let end = start;
  for (let at = start; ; at += 1) {
    const char = text[at];
    if (isBreakOrEnd(char) || (inFlow && isFlowMark(char))) break;
    if (isBlank(char)) continue;
    if (char === '#' && at > start && isBlank(text[at - 1])) break;
    if (char === ':' && endsBefore(text[at + 1], inFlow)) break;
    end = at + 1;
  }
  reading.at = end;
  return text.slice(start, end);
}

function endsBefore(next: string | undefined, inFlow: boolean): boolean {
  return isGap(next) || (inFlow && isFlowMark(next));
}
