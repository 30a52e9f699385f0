/** A piece of a template; `start` and `end` are offsets of the expression within the template. */
export type TemplatePart =
  | { kind: 'text'; text: string }
  | { kind: 'expression'; expression: string; start: number; end: number }
  /** A `${{` without its `}}`. */
  | { kind: 'open'; text: string; start: number };

export function hasTemplate(text: string): boolean {
  return text.includes('${{');
}

/** Cuts a text at its `${{ … }}`. Braces and `}}` inside a CEL string or map do not end one. */
export function parseTemplate(template: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;

  while (from < template.length) {
    const open = template.indexOf('${{', from);
    if (open === -1) break;
    if (open > from) parts.push({ kind: 'text', text: template.slice(from, open) });

    const close = closingBraces(template, open + 3);
    if (close === -1) {
      parts.push({ kind: 'open', text: template.slice(open), start: open });
      return parts;
    }
    parts.push(trimmed(template, open + 3, close));
    from = close + 2;
  }

  if (from < template.length) parts.push({ kind: 'text', text: template.slice(from) });
  return parts;
}

function trimmed(template: string, from: number, to: number): TemplatePart {
  const raw = template.slice(from, to);
  const expression = raw.trim();
  const start = from + (raw.length - raw.trimStart().length);
  return { kind: 'expression', expression, start, end: start + expression.length };
}

function closingBraces(template: string, from: number): number {
  let depth = 0;
  for (let at = from; at < template.length; at += 1) {
    const character = template[at];
    if (character === '"' || character === "'") {
      at = closingQuote(template, at);
      if (at === -1) return -1;
    } else if (character === '{') {
      depth += 1;
    } else if (character === '}' && depth > 0) {
      depth -= 1;
    } else if (character === '}' && template[at + 1] === '}') {
      return at;
    }
  }
  return -1;
}

/** Offset of the quote that ends the string which begins at `open`, or -1. */
function closingQuote(template: string, open: number): number {
  const quote = template.charAt(open);
  const long = template.startsWith(quote.repeat(3), open);
  const end = long ? quote.repeat(3) : quote;
  const raw = /^r$/i.test(template.charAt(open - 1)) && !/\w/.test(template.charAt(open - 2));

  for (let at = open + end.length; at < template.length; at += 1) {
    if (!raw && template[at] === '\\') at += 1;
    else if (template.startsWith(end, at)) return at + end.length - 1;
  }
  return -1;
}
