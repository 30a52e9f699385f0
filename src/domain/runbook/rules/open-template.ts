import type { Diagnostic } from '#domain/diagnostic.ts';
import { parseTemplate } from '#domain/expressions/template.ts';
import { toJson } from '#domain/runbook/yaml/yaml-node.ts';

import { atPart, type Subject } from './rule.ts';

/** Every `${{` has its `}}`. */
export function openTemplate(subject: Subject): readonly Diagnostic[] {
  const { file } = subject;
  const texts: { text: string; path: PropertyKey[] }[] = [];
  collect(toJson(file.root), [], texts);
  return texts.flatMap(({ text, path }) => {
    const open = parseTemplate(text).find((piece) => piece.kind === 'open');
    if (open?.kind !== 'open') return [];
    const range = atPart(file, path, { start: open.start, end: open.start + 3 });
    return [file.source.problem('bad-value', range, 'this ${{ has no }}')];
  });
}

function collect(
  value: unknown,
  path: readonly PropertyKey[],
  into: { text: string; path: PropertyKey[] }[],
): void {
  if (typeof value === 'string') into.push({ text: value, path: [...path] });
  else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) collect(member, [...path, key], into);
  }
}
