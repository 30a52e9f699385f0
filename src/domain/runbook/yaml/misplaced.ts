import { errorAt, Unreadable } from './unreadable.ts';

/** What is wrong with the first thing that can't stand where it stands, outside of brackets. */
export function misplaced(text: string, at: number): Unreadable {
  const mark = text.charAt(at);
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const error = (message: string, hint?: string) => errorAt(at, message, hint);
  if (mark === ']' || mark === '}') return error(`nothing is open here that this ${mark} closes`);
  if (mark === '#') return error('a comment needs a blank before its #');
  if (mark === ':' && /^\s|^$/.test(text.charAt(at + 1))) {
    return /:\s|^---/.test(before)
      ? error('a map begins on a line of its own', 'put a text with ": " in it in quotes')
      : noColonAbove(text, at);
  }
  const previous = before.trimEnd().at(-1) ?? '';
  if (previous === '') return misplacedLine(text, at, before);
  if (/[:?-]/.test(previous)) return noValue(text, at) ?? error(BEHIND);
  return /["']/.test(previous)
    ? error('nothing can stand behind the closing quote', 'put the whole text in other quotes')
    : error(BEHIND);
}

const BEHIND = 'this does not belong behind the value before it';

function misplacedLine(text: string, at: number, before: string): Unreadable {
  const error = (message: string) => errorAt(at, message);
  const tab = before.indexOf('\t');
  if (tab !== -1) {
    return errorAt(at - before.length + tab, 'tabs are not allowed as indentation');
  }
  const mark = text.charAt(at);
  if (mark === '&') return error('this is a second name for one value');
  const above = text.slice(0, at - before.length).split('\n');
  const last = above.at(-2) ?? '';
  if (last.trim() === '' && last.length > before.length) {
    const header = above.findLast((line) => line.trim() !== '') ?? '';
    if (/[|>][-+]?\s*(?:#.*)?$/.test(header)) {
      return error('a blank line above has more spaces than this first line of the text');
    }
  }
  const neighbour = above.findLast(
    (line) => /^\s*[^#\s]/.test(line) && indentation(line) <= before.length,
  );
  if (neighbour === undefined || indentation(neighbour) < before.length) {
    return error('this line is indented like nothing above it');
  }
  if (isItem(text.slice(at, at + 2))) return error('an item of a list stands among keys');
  return error(isItem(neighbour.trim()) ? 'a key stands among the items of a list' : BEHIND);
}

const indentation = (line: string) => line.length - line.trimStart().length;
const isItem = (line: string) => /^-(?:\s|$)/.test(line);

/** What is wrong where a value can't begin; null where one could. */
export function noValue(text: string, at: number): Unreadable | null {
  const mark = text.charAt(at);
  switch (mark) {
    case '-':
      return errorAt(at, 'a list with dashes begins on a line of its own');
    case '|':
    case '>':
      return errorAt(at, `a text behind ${mark} can't stand between { } or [ ]`);
    default:
      return /[@`%,?]/.test(mark)
        ? errorAt(at, `a value can't begin with ${mark}`, 'put it in quotes')
        : null;
  }
}

/** A key without a colon, which ends here. */
export function noColon(text: string, at: number): Unreadable {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const start = lineStart + indentation(text.slice(lineStart, at));
  return new Unreadable({ start, end: at }, 'a : must follow this key');
}

/** The same for one that was taken together with lines below it, up to here. */
export function noColonAbove(text: string, at: number): Unreadable {
  const lines = text.slice(0, at).split('\n');
  let end = at;
  let index = lines.length - 1;
  for (; index > 0; index -= 1) {
    const [above, line] = [lines[index - 1] ?? '', lines[index] ?? ''];
    if (/^\s*(?:[-#]|$)|:\s|:$/.test(above) || indentation(above) > indentation(line)) break;
    end -= line.length + 1;
  }
  return end === at
    ? errorAt(
        at,
        'what stands before this : goes over several lines',
        'is this line indented as it should be?',
      )
    : noColon(text, end);
}
