/**
 * A value as it may stand in a text, stretch by stretch. White space and backslashes, which may become
 * many, are stretches of their own, and none is gone back into: an expression that could give some of
 * them to either neighbor would try all ways to do so, which a text can be made for.
 */
export type Spelling = { first: RegExp; others: readonly Stretch[] };

/** Of `expression`, one; of `space`, white space in any way and as many escaped ones at most. */
type Stretch = { expression: RegExp } | { space: number };

/** The characters of a value, each in whatever way something may have escaped it, with white space in between. */
export function spellingOf(value: string): Spelling {
  const [first = '', ...others] = value.trim().match(STRETCHES) ?? [];
  return {
    first: new RegExp(patternOf(first), 'g'),
    others: others.map((part) =>
      part.trim() === ''
        ? { space: part.length }
        : { expression: new RegExp(`\\s*${patternOf(part)}`, 'y') },
    ),
  };
}

/** Where the spelling stands in the text; no two overlap. */
export function placesOf({ first, others }: Spelling, text: string): readonly Place[] {
  const places: Place[] = [];
  first.lastIndex = 0;
  for (let found = first.exec(text); found !== null; found = first.exec(text)) {
    let ends: ReadonlySet<number> = new Set([first.lastIndex]);
    for (const stretch of others) {
      ends = new Set([...ends].flatMap((at) => endsOf(stretch, text, at)));
    }
    const end = ends.size === 0 ? null : Math.max(...ends);
    if (end !== null) places.push({ start: found.index, end });
    first.lastIndex = end ?? found.index + 1;
  }
  return places;
}

export type Place = { start: number; end: number };

/** Of an expression that is much longer, an engine says that it overflows its stack. */
const STRETCHES = /\s+|\\+|[^\s\\]{1,64}/gu;

function endsOf(stretch: Stretch, text: string, at: number): readonly number[] {
  if ('expression' in stretch) return endOf(stretch.expression, text, at);
  const ends = [...endOf(WHITE, text, at)];
  let last = at;
  for (let count = 0; count < stretch.space; count += 1) {
    const [end] = endOf(ESCAPED_WHITE, text, last);
    if (end === undefined) break;
    ends.push(end);
    last = end;
  }
  return ends;
}

function endOf(expression: RegExp, text: string, at: number): readonly number[] {
  expression.lastIndex = at;
  return expression.test(text) ? [expression.lastIndex] : [];
}

function patternOf(part: string): string {
  if (!part.startsWith('\\')) return Array.from(part, escapedAnyhow).join('\\s*');
  const count = part.length;
  const other = `(?:${escapesOf('\\').join('|')}){${count}}`;
  return `(?:\\\\{${count},${count * MOST_SLASHES}}|${other})`;
}

/** Nothing escapes letters and digits of ASCII. The rest may be escaped for JSON, a URL or HTML, more than once. */
function escapedAnyhow(character: string): string {
  if (/[a-z\d]/i.test(character)) return character;
  return `(?:${SLASHES}${literally(character)}|${escapesOf(character).join('|')})`;
}

function escapesOf(character: string): readonly string[] {
  const code = character.codePointAt(0) ?? 0;
  const bytes = [...Buffer.from(character)].map((byte) => hexOf(byte, 2));
  const units = character.split('').map((unit) => hexOf(unit.charCodeAt(0), 4));
  const word = HTML_WORDS[character];
  return [
    bytes.map((byte) => `%(?:25){0,4}${byte}`).join(''),
    bytes.map((byte) => `${SLASHES}x${byte}`).join(''),
    units.map((unit) => `${SLASHES}u${unit}`).join(''),
    `&(?:amp;){0,4}#(?:0{0,4}${code}|[xX]0{0,4}${hexOf(code, 1)});`,
    ...(word === undefined ? [] : [`&(?:amp;){0,4}${word};`]),
  ];
}

/** Each time that JSON is put into JSON doubles them; where some are the value's, they may have been read already. */
const MOST_SLASHES = 16;
const SLASHES = `\\\\{0,${MOST_SLASHES}}`;

const HTML_WORDS: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};

const WHITE = /\s+/y;
const ESCAPED_WHITE = new RegExp(
  `\\s*(?:${['\\+', `\\\\{1,${MOST_SLASHES}}[nrt\\s]`, ...[' ', '\n', '\r', '\t'].flatMap(escapesOf)].join('|')})`,
  'y',
);

function hexOf(code: number, digits: number): string {
  return Array.from(code.toString(16).padStart(digits, '0'), eitherCase).join('');
}

function eitherCase(digit: string): string {
  return /[a-f]/.test(digit) ? `[${digit}${digit.toUpperCase()}]` : digit;
}

function literally(character: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;
}
