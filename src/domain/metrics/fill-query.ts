import { parseDuration } from '#domain/duration.ts';
import type { Json } from '#domain/json.ts';

export type FilledQuery = { ok: true; query: string } | { ok: false; error: string };

const REFERENCE = /\$\{\{\s*inputs\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/y;

/**
 * Writes a run's inputs into a PromQL query: the one encoder for that place. Inside a string the
 * value is escaped for its quotes; elsewhere only numbers and durations may stand, so that no value
 * can end the string or the selector that the author wrote around it.
 */
export function fillQuery(template: string, inputs: Readonly<Record<string, Json>>): FilledQuery {
  let query = '';
  let quote: Quote = null;
  for (let at = 0; at < template.length;) {
    REFERENCE.lastIndex = at;
    const name = REFERENCE.exec(template)?.[1];
    if (name !== undefined) {
      const filled = encode(inputs[name], quote);
      if (filled === null) return misplaced(name);
      query += filled;
      at = REFERENCE.lastIndex;
      continue;
    }
    if (template.startsWith('${{', at)) {
      return { ok: false, error: 'a query may hold nothing but ${{ inputs.<name> }}' };
    }
    const length = quote !== null && quote !== '`' && template[at] === '\\' ? 2 : 1;
    query += template.slice(at, at + length);
    quote = quoteAfter(quote, template[at] ?? '');
    at += length;
  }
  return { ok: true, query };
}

function misplaced(name: string): FilledQuery {
  return { ok: false, error: `inputs.${name} can't stand at that place of the query` };
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
      return typeof value === 'number' || parseDuration(text) !== null ? text : null;
    default:
      return quote satisfies never;
  }
}
