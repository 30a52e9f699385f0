import { isGap } from './blanks.ts';
import { readBlockText } from './block-text.ts';
import { coreValue } from './core-value.ts';
import { beginsPlain, readPlain } from './plain-text.ts';
import { readQuoted } from './quoted-text.ts';
import { type Reading, Unreadable } from './reading.ts';
import type { YamlNode } from './yaml-node.ts';

/** Reads a text, number, boolean or null with or without quotes; it may turn out to be a key. */
export function readScalar(reading: Reading, parent: number, inFlow: boolean): YamlNode {
  const { text, at: start } = reading;
  const isQuoted = text[start] === '"' || text[start] === "'";
  if (!isQuoted && !beginsPlain(reading, inFlow)) throw noValue(reading);

  const line = reading.lineStart;
  const value = isQuoted
    ? readQuoted(reading, parent)
    : coreValue(readPlain(reading, parent, inFlow));
  const range = { start, end: reading.at };
  if (reading.lineStart !== line) reading.longTexts.push(range);
  return { kind: 'scalar', ...range, value };
}

export function isBlockText({ text, at }: Reading): boolean {
  return text[at] === '|' || text[at] === '>';
}

export function readBlockScalar(reading: Reading, parent: number): YamlNode {
  const start = reading.at;
  const value = readBlockText(reading, parent);
  const range = { start, end: reading.at };
  reading.longTexts.push(range);
  return { kind: 'scalar', ...range, value };
}

/** Notes what is wrong with a scalar that is no key. */
export function checkValue({ source, problems }: Reading, node: YamlNode): void {
  const message = node.kind === 'scalar' ? problemWith(node.value) : null;
  if (message !== null) problems.push(source.problem('bad-yaml', node, message));
}

function problemWith(value: string | number | boolean | null): string | null {
  if (typeof value === 'string' && !value.isWellFormed()) return 'half a character is no text';
  if (typeof value !== 'number') return null;
  if (!Number.isFinite(value)) return 'a number must be finite';
  return Number.isInteger(value) && !Number.isSafeInteger(value)
    ? 'this number is too large to be kept exactly: put it in quotes'
    : null;
}

function noValue({ text, at }: Reading): Unreadable {
  const mark = text.charAt(at);
  const range = { start: at, end: at + 1 };
  switch (mark) {
    case '!':
      return new Unreadable({ start: at, end: wordEnd(text, at) }, 'tags are not allowed');
    case ']':
    case '}':
      return new Unreadable(range, `nothing is open here that this ${mark} closes`);
    case '-':
      return new Unreadable(range, 'a list with dashes begins on a line of its own');
    case '|':
    case '>':
      return new Unreadable(range, `a text behind ${mark} can't stand between { } or [ ]`);
    case ':':
      return new Unreadable(range, 'a key must stand before this :');
    default:
      return new Unreadable(range, `a value can't begin with ${mark}`, 'put it in quotes');
  }
}

function wordEnd(text: string, from: number): number {
  let end = from;
  while (!isGap(text[end])) end += 1;
  return end;
}
