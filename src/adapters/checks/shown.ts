import type { Json } from '#domain/json.ts';

/** What of a target's answer is kept as evidence. */
const MAX_SHOWN = 4 * 1024;
const MAX_DEPTH = 32;
const CREDENTIALS = /^(set-cookie|cookie|.*auth.*|.*token.*|.*secret.*|.*api-?key.*)$/i;

/** The parsed JSON of a body, and what to keep of it: all of that JSON, else the first 4 KiB. */
export function readAnswer(
  text: string,
  truncated: boolean,
): { json: { value: Json } | null; shown: Json } {
  const json = truncated ? null : parse(text);
  return { json, shown: json === null ? cut(storable(text)) : json.value };
}

/** Headers that may carry a credential keep their name only. */
export function shownHeaders(
  headers: Readonly<Record<string, string>>,
  scrub: (text: string) => string,
): Record<string, string> {
  const shown: Record<string, string> = {};
  let left = MAX_SHOWN;
  for (const [name, value] of Object.entries(headers)) {
    const kept = CREDENTIALS.test(name) ? '[secret]' : storable(scrub(value));
    left -= name.length + kept.length;
    if (left < 0) break;
    shown[name] = kept;
  }
  return shown;
}

/** A refusal of the parser is costly, and a page or a plain word is seen at its first character. */
const MAYBE_JSON = /^\s*[[{"tfn\d-]/;

function parse(text: string): { value: Json } | null {
  if (!MAYBE_JSON.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return { value: plain(value, 0) };
  } catch {
    return null;
  }
}

/** Numbers and texts that JSON can spell but nothing can store become null, or lose a character. */
function plain(value: unknown, depth: number): Json {
  if (depth > MAX_DEPTH) throw new RangeError('nested too deeply');
  if (typeof value === 'string') return storable(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(
    Object.entries(value).map(([key, nested]) => [storable(key), plain(nested, depth + 1)]),
  );
}

function cut(text: string): string {
  return Buffer.byteLength(text) <= MAX_SHOWN
    ? text
    : Buffer.from(text)
        .subarray(0, MAX_SHOWN)
        .toString('utf8')
        .replace(/\uFFFD$/, '');
}

/** Without what a database or the hash of an event would refuse. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
