import type { Json } from './json.ts';

/** What of a target's answer is kept as evidence: 4 KiB of text, or all of its JSON. */
const MAX_SHOWN = 4 * 1024;
const MAX_DEPTH = 32;

/** The parsed JSON of a body, and what to keep of it: all of that JSON, else the first 4 KiB. */
export function readAnswer(
  text: string,
  truncated: boolean,
): { json: { value: Json } | null; shown: Json } {
  const json = truncated ? null : parse(text);
  return { json, shown: json === null ? cut(storable(text)) : json.value };
}

/** Without what a database or the hash of an event would refuse. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
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

/** Whole characters, as many as fit into UTF-8 of that size. */
function cut(text: string): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += bytesOf(character.codePointAt(0) ?? 0);
    if (bytes > MAX_SHOWN) return text.slice(0, end);
    end += character.length;
  }
  return text;
}

function bytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
