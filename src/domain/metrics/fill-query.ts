import { parseDuration } from '#domain/duration.ts';
import type { Evaluated } from '#domain/expressions/scope.ts';
import { parseTemplate } from '#domain/expressions/template.ts';
import type { Json } from '#domain/json.ts';

export type FilledQuery = { ok: true; query: string } | { ok: false; error: string };

/**
 * Writes the values of its `${{ }}` into a PromQL query: the one encoder for that place. Inside a
 * string a value is escaped for its quotes; elsewhere only numbers and durations may stand, so that no
 * value can end the string or the selector that the author wrote around it.
 */
export function fillQuery(
  template: string,
  valueOf: (expression: string) => Evaluated,
): FilledQuery {
  let query = '';
  let within: Within = { quote: null, escaping: false };
  for (const part of parseTemplate(template)) {
    if (part.kind === 'open') return { ok: false, error: 'a ${{ has no }}' };
    if (part.kind === 'text') {
      query += part.text;
      within = after(within, part.text);
      continue;
    }
    const { expression } = part;
    const value = valueOf(expression);
    if (!value.ok) return { ok: false, error: `${expression}: ${value.error}` };
    const encoded = within.escaping ? null : encode(value.value, within.quote);
    if (encoded === null) {
      return { ok: false, error: `${expression} can't stand at that place of the query` };
    }
    query += encoded;
  }
  return { ok: true, query };
}

/** Where the query is after a text: inside of what, and whether its last backslash still waits. */
type Within = { quote: Quote; escaping: boolean };

function after({ quote, escaping }: Within, text: string): Within {
  for (const character of text) {
    if (escaping) escaping = false;
    else if (character === '\\' && (quote === '"' || quote === "'")) escaping = true;
    else quote = quoteAfter(quote, character);
  }
  return { quote, escaping };
}

/** What the text at one place is inside of; a comment ends with its line. */
type Quote = '"' | "'" | '`' | '#' | null;

function quoteAfter(quote: Quote, character: string): Quote {
  if (quote === '#') return character === '\n' ? null : quote;
  if (quote !== null) return character === quote ? null : quote;
  switch (character) {
    case '"':
    case "'":
    case '`':
    case '#':
      return character;
    default:
      return null;
  }
}

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

function encode(value: Json | undefined, quote: Quote): string | null {
  if (value === undefined || value === null || typeof value === 'object') return null;
  const text = String(value);
  switch (quote) {
    case '"':
    case "'":
      return text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n');
    case '`':
      return text.includes('`') ? null : text;
    case '#':
      return text.includes('\n') ? null : text;
    case null:
      return NUMBER.test(text) || parseDuration(text) !== null ? text : null;
    default:
      return quote satisfies never;
  }
}
