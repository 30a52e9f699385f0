import type { YAMLException } from 'js-yaml';

import { misplaced, noColon, noColonAbove, noValue } from './misplaced.ts';
import { openMark } from './open-mark.ts';
import type { SourceText } from './source-text.ts';
import { errorAt, type Unreadable } from './unreadable.ts';

/** A mistake of syntax, in words for the author of a file and where that looks for it. */
export function syntaxError(source: SourceText, { reason, mark }: YAMLException): Unreadable {
  const at = mark?.position ?? 0;
  const explain = EXPLANATIONS.find(([says]) => says.test(reason))?.[1] ?? reason;
  return typeof explain === 'string' ? errorAt(at, explain) : explain(source, at);
}

type Explain = string | ((source: SourceText, at: number) => Unreadable);

/** By what js-yaml says. */
const EXPLANATIONS: readonly (readonly [says: RegExp, explain: Explain])[] = [
  [/^missed comma/, noComma],
  [/^deficient indentation/, notClosedBefore],
  [/^unexpected end/, neverClosed],
  [/^expected ':'/, ({ text }, at) => noColon(text, at)],
  [/multiline key/, ({ text }, at) => noColonAbove(text, at)],
  [/^bad indentation|^end of the stream/, ({ text }, at) => misplaced(text, at)],
  [/^tab /, 'tabs are not allowed as indentation'],
  [/\btag\b/, ({ text }, at) => errorAt(text.lastIndexOf('!', at), 'tags are not allowed')],
  [/escape sequence|hexadecimal/, noEscape],
  [/found ','/, 'a value must stand before this ,'],
  [/^a whitespace/, (_source, at) => errorAt(at - 1, 'a blank must follow this :')],
  [/break is expected|chomping|width/, 'a text behind | or > begins on the next line'],
  [/^duplication of an anchor/, 'this is a second name for one value'],
  [/^alias node/, 'what another name stands for has a name already'],
  [/^name of an/, noName],
  [/^nesting/, 'values nest more than 64 deep'],
  [/non-printable/, 'this is no text: a control character stands here'],
];

function noComma({ text }: SourceText, at: number): Unreadable {
  const before = text.slice(0, at).trimEnd();
  const badValue = /[[{,:]$/.test(before) ? noValue(text, at) : null;
  if (badValue !== null) return badValue;
  const open = openMark(before);
  const close = open !== null && text[open] === '[' ? ']' : '}';
  return errorAt(at, `a comma or ${close} must stand before this`, hintFor(text, at));
}

function hintFor(text: string, at: number): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at + 1);
  if (line.includes('${')) return 'put a ${{ }} in quotes where it stands between { } or [ ]';
  return text[at] === ':' ? 'put a text with ": " in it in quotes' : undefined;
}

function notClosedBefore(source: SourceText, at: number): Unreadable {
  const { text } = source;
  const open = openMark(text.slice(0, at));
  if (open === null) return misplaced(text, at);
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  if (open >= lineStart) return errorAt(at, 'a tab stands before this: use spaces');
  const tab = /^ *(?=\t)/.exec(text.slice(lineStart, at));
  if (tab !== null) {
    return errorAt(lineStart + tab[0].length, 'tabs are not allowed as indentation');
  }
  const { line, column } = source.place(open, open + 1);
  const [opening, mark] = [text.charAt(open), text.charAt(at)];
  const message = /[\]}]/.test(mark)
    ? `this ${mark} must be indented further than the key of the ${opening} at ${line}:${column}`
    : `the ${opening} at ${line}:${column} is not closed before this line, which is not indented far enough`;
  return errorAt(at, message);
}

function neverClosed({ text }: SourceText, at: number): Unreadable {
  const open = openMark(text.slice(0, at)) ?? at;
  return errorAt(open, `this ${text.charAt(open)} is never closed`);
}

function noEscape({ text }: SourceText, at: number): Unreadable {
  const start = text.lastIndexOf('\\', at);
  const message = `there is no escape ${text.slice(start, at + 1)}`;
  return errorAt(start, message, "a \\ stands for itself between '…'");
}

function noName({ text }: SourceText, at: number): Unreadable {
  const message = `a name must follow this ${text.charAt(at - 1)}`;
  return errorAt(at - 1, message, 'put it in quotes if it is text');
}
