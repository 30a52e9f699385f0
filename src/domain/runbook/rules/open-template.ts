import type { Diagnostic } from '#domain/diagnostic.ts';
import { parseTemplate } from '#domain/expressions/template.ts';

import { atPart, type ParsedFile } from './rule.ts';
import { textsIn } from './texts-in.ts';

/** Every `${{` has its `}}`. */
export function openTemplate({ file }: { file: ParsedFile }): readonly Diagnostic[] {
  return textsIn(file.root).flatMap(({ text, path }) => {
    const open = parseTemplate(text).find((piece) => piece.kind === 'open');
    if (open?.kind !== 'open') return [];
    const range = atPart(file, path, { start: open.start, end: open.start + 3 });
    return [file.source.problem('bad-value', range, 'this ${{ has no }}')];
  });
}
