import { parseTemplate } from '#domain/expressions/template.ts';

/**
 * A query with something of the same length in place of each `${{ }}`, so that it can be parsed and
 * every place in it stays where it was: text inside of a string, elsewhere a time, which PromQL also
 * takes as a number. Null where a `${{` has no end.
 */
export function promqlShape(template: string): string | null {
  let shape = '';
  let quote: string | null = null;
  for (const part of parseTemplate(template)) {
    if (part.kind === 'open') return null;
    if (part.kind === 'text') {
      for (let at = 0; at < part.text.length; at += 1) {
        if (part.text[at] === '\\' && (quote === '"' || quote === "'")) at += 1;
        else quote = quoteAfter(quote, part.text.charAt(at));
      }
      shape += part.text;
    } else {
      const length = template.indexOf('}}', part.end) + 2 - shape.length;
      shape += quote === null ? '1m'.padEnd(length) : 'x'.repeat(length);
    }
  }
  return shape;
}

function quoteAfter(quote: string | null, character: string): string | null {
  if (quote === '#') return character === '\n' ? null : quote;
  if (quote !== null) return character === quote ? null : quote;
  return /["'`#]/.test(character) ? character : null;
}
