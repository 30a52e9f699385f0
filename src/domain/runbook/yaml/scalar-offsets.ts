import type { Range } from './yaml-node.ts';

/**
 * Where a part of a scalar's value stands in the file, for any style: quoted, with escapes, folded,
 * or a block. Walks the source and the value side by side and skips what only the source has.
 */
export function rangeInScalar(
  text: string,
  scalar: Range & { value: unknown },
  part: Range,
): Range {
  const value = String(scalar.value);
  let at = contentStart(text, scalar.start);
  let start = at;
  const escapes = text[scalar.start] === '"';

  for (let index = 0; index < Math.min(part.end, value.length); index += 1) {
    at = nextMatch(text, at, scalar.end, value.charAt(index), escapes);
    if (index === part.start) start = at;
    at += escapes && text[at] === '\\' ? escapeLength(text, at) : 1;
  }
  return { start, end: Math.max(at, start + 1) };
}

/** Past the quote, or past the header of a block (`|-  # note`). */
function contentStart(text: string, start: number): number {
  const first = text[start];
  if (first === '"' || first === "'") return start + 1;
  if (first !== '|' && first !== '>') return start;
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end + 1;
}

function nextMatch(
  text: string,
  from: number,
  end: number,
  character: string,
  escapes: boolean,
): number {
  for (let at = from; at < end; at += 1) {
    const escape = escapes && text[at] === '\\' && text[at + 1] !== '\n';
    if (escape || text[at] === character) return at;
    if (character === ' ' && text[at] === '\n') return at;
  }
  return from;
}

function escapeLength(text: string, at: number): number {
  return { x: 4, u: 6, U: 10 }[text[at + 1] ?? ''] ?? 2;
}
