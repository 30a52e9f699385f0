/**
 * Takes known secret values out of a text: as they are, each character also in whatever way something
 * may have escaped it, with white space in between, as when a line was wrapped; in hexadecimal; and as
 * part of base64, where the same value has three spellings, depending on what stands before it. Values
 * under six characters are left alone: they would be found everywhere.
 */
export function createScrubber(values: readonly string[]): (text: string) => string {
  const known = new Set(values.filter((value) => value.length >= SHORTEST));
  if (known.size === 0) return (text) => text;

  // The longest first: a value that begins with another one is taken out whole.
  const alternatives = [...known].toSorted((a, b) => b.length - a.length).flatMap(patternsOf);
  const pattern = new RegExp(alternatives.join('|'), 'g');
  return (text) => text.replace(pattern, '[secret]');
}

const SHORTEST = 6;

function patternsOf(value: string): readonly string[] {
  const encoded = [0, 1, 2]
    .flatMap((offset) => base64At(value, offset))
    .filter((spelling) => spelling.length >= SHORTEST);
  return [
    Array.from(value, escapedAnyhow),
    Array.from(Buffer.from(value).toString('hex'), eitherCase),
    ...[...new Set(encoded)].map((spelling) => Array.from(spelling, literally)),
  ].map((characters) => characters.join('\\s*'));
}

/** The characters of the base64 that depend on the value alone, with `offset` bytes before it. */
function base64At(value: string, offset: number): readonly string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor((bytes.length * 8) / 6);
  return (['base64', 'base64url'] as const).map((encoding) =>
    bytes.toString(encoding).slice(first, last),
  );
}

/** Nothing escapes letters and digits of ASCII. The rest may be escaped for JSON, a URL or HTML, more than once. */
function escapedAnyhow(character: string): string {
  if (/[a-z\d]/i.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const bytes = [...Buffer.from(character)].map(
    (byte) => `(?:%(?:25){0,4}|${SLASHES}x)${hexOf(byte, 2)}`,
  );
  const units = character.split('').map((unit) => `${SLASHES}u${hexOf(unit.charCodeAt(0), 4)}`);
  const word = HTML_WORDS[character];
  const letter = JSON_LETTERS[character];
  const ways = [
    character === '\\' ? SLASHES : `(?:${SLASHES})?${literally(character)}`,
    bytes.join(''),
    units.join(''),
    `&(?:amp;){0,4}#(?:0{0,4}${code}|[xX]0{0,4}${hexOf(code, 1)});`,
    ...(word === undefined ? [] : [`&(?:amp;){0,4}${word};`]),
    ...(letter === undefined ? [] : [`${SLASHES}${letter}`]),
    ...(character === ' ' ? ['\\+'] : []),
  ];
  return `(?:${ways.join('|')})`;
}

/** Each time that JSON is put into JSON doubles them. Without an end, a text of nothing else would cost its square. */
const SLASHES = '\\\\{1,16}';

const HTML_WORDS: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};

const JSON_LETTERS: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't' };

function hexOf(code: number, digits: number): string {
  return Array.from(code.toString(16).padStart(digits, '0'), eitherCase).join('');
}

function eitherCase(digit: string): string {
  return /[a-f]/.test(digit) ? `[${digit}${digit.toUpperCase()}]` : digit;
}

function literally(character: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;
}
