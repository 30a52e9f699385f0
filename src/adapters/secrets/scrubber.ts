/**
 * Takes known secret values out of a text: as they are, as part of base64 (where the same value has
 * three spellings, depending on what stands before it), hexadecimal, URL-encoded, escaped for JSON and
 * for HTML, and with white space in between, as when a line was wrapped. Values under six characters
 * are left alone: they would be found everywhere.
 */
export function createScrubber(values: readonly string[]): (text: string) => string {
  const spellings = new Set(
    values.filter((value) => value.length >= SHORTEST).flatMap(spellingsOf),
  );
  if (spellings.size === 0) return (text) => text;

  // The longest first: a value that begins with another one is taken out whole.
  const alternatives = [...spellings].toSorted((a, b) => b.length - a.length).map(wrappable);
  const pattern = new RegExp(alternatives.join('|'), 'g');
  return (text) => text.replace(pattern, '[secret]');
}

const SHORTEST = 6;

function spellingsOf(value: string): readonly string[] {
  const encoded = encodeURIComponent(value);
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encoded,
    encoded.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
    encoded.replaceAll('%20', '+'),
    escapedForHtml(value),
    hex(value),
    hex(value).toUpperCase(),
    ...[0, 1, 2].flatMap((offset) => base64At(value, offset)),
  ].filter((spelling) => spelling.length >= SHORTEST);
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

function escapedForHtml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function hex(value: string): string {
  return Buffer.from(value).toString('hex');
}

function wrappable(spelling: string): string {
  return Array.from(spelling, escapeForRegExp).join('\\s*');
}

function escapeForRegExp(character: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;
}
