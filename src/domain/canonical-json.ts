import { isJsonObject, type Json } from './json.ts';

/**
 * The one text of a value (RFC 8785), to be hashed: no white space, keys in the order of their
 * UTF-16 units, numbers and strings as ECMAScript writes them. Throws for what has no such text:
 * a number that is not finite and a lone surrogate. Nothing that was read from JSON has either.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError('a number that is not finite has no canonical JSON');
  }
  if (isJsonObject(value)) {
    const members = Object.entries(value)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, member]) => `${canonicalString(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  return JSON.stringify(value);
}

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('a lone surrogate has no canonical JSON');
  return JSON.stringify(text);
}
