import type { Range } from './yaml-node.ts';

/** A `#` behind a blank begins a comment where no scalar has its text; the texts are in order. */
export function commentsBetween(text: string, texts: readonly Range[]): readonly Range[] {
  const comments: Range[] = [];
  let [next, end] = [0, 0];
  for (let at = text.indexOf('#'); at !== -1; at = text.indexOf('#', Math.max(at + 1, end))) {
    while ((texts[next]?.end ?? text.length) <= at) next += 1;
    const isText = (texts[next]?.start ?? text.length) <= at;
    if (isText || /^\S/.test(text.charAt(at - 1))) continue;
    const lineEnd = text.indexOf('\n', at);
    end = lineEnd === -1 ? text.length : lineEnd;
    comments.push({ start: at, end });
  }
  return comments;
}
