import { foldLines } from './folded-lines.ts';
import { type Reading, Unreadable } from './reading.ts';

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\u001b'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

const SPECIAL = { '"': /["\\\n]/g, "'": /['\n]/g };

/** Reads a text in quotes; its lines stand further right than `parent`. */
export function readQuoted(reading: Reading, parent: number): string {
  const { text, at: start } = reading;
  const quote = text[start] === '"' ? '"' : "'";
  const special = SPECIAL[quote];
  let value = '';
  reading.at += 1;
  for (;;) {
    special.lastIndex = reading.at;
    const next = special.exec(text)?.index ?? text.length;
    const piece = text.slice(reading.at, next);
    reading.at = next;
    switch (text[next]) {
      case '\n':
        value += piece.trimEnd() + foldQuoted(reading, parent, start);
        break;
      case '\\':
        value += piece + readEscape(reading, parent, start);
        break;
      case quote:
        reading.at += 1;
        value += piece;
        if (quote === '"' || text[reading.at] !== quote) return value;
        reading.at += 1;
        value += quote;
        break;
      default:
        throw neverClosed(text, start);
    }
  }
}

function foldQuoted(reading: Reading, parent: number, start: number): string {
  const fold = foldLines(reading, parent);
  if (fold !== null) return fold;
  const { text, source, at } = reading;
  const rest = at + (/\S/.exec(text.slice(at))?.index ?? text.length);
  if (rest >= text.length) throw neverClosed(text, start);
  const { line, column } = source.place(start, start + 1);
  const quote = text.charAt(start);
  const message = `the ${quote} at ${line}:${column} is not closed before this line, which is not indented far enough`;
  throw new Unreadable({ start: rest, end: rest + 1 }, message);
}

function neverClosed(text: string, start: number): Unreadable {
  return new Unreadable({ start, end: start + 1 }, `this ${text.charAt(start)} is never closed`);
}

function readEscape(reading: Reading, parent: number, start: number): string {
  const { text, at } = reading;
  const letter = text.charAt(at + 1);
  if (letter === '\n' || (letter === '\r' && text[at + 2] === '\n')) {
    reading.at += 1;
    const fold = foldQuoted(reading, parent, start);
    return fold === ' ' ? '' : fold;
  }
  const known = ESCAPES.get(letter);
  const digits = HEX_DIGITS.get(letter) ?? 0;
  reading.at += 2 + digits;
  if (known !== undefined) return known;

  const hex = text.slice(at + 2, at + 2 + digits);
  const code =
    digits > 0 && hex.length === digits && /^[\da-fA-F]+$/.test(hex) ? parseInt(hex, 16) : null;
  if (code === null || code > 0x10_ff_ff) {
    const message = `there is no escape \\${letter}${hex}`;
    throw new Unreadable({ start: at, end: at + 2 }, message, "a \\ stands for itself between '…'");
  }
  return String.fromCodePoint(code);
}
