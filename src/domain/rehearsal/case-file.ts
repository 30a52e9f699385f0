import type { Diagnostic } from '#domain/diagnostic.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import { atKey, atValue, type ParsedFile } from '#domain/runbook/rules/rule.ts';
import type { Path } from '#domain/runbook/yaml/yaml-node.ts';

import type { Places } from './places.ts';

/** A case where it was written: `base` is its path in the file. */
export type CaseFile = { file: ParsedFile; base: Path; places: Places };

/** Whether the last key of a path is what is wrong, or the value. */
type Which = 'key' | 'value';

export function rangeIn({ file, base }: CaseFile, path: Path, which: Which) {
  return which === 'key' ? atKey(file, [...base, ...path]) : atValue(file, [...base, ...path]);
}

export function badValue(
  one: CaseFile,
  [path, which]: readonly [Path, Which],
  message: string,
  hint?: string,
): Diagnostic {
  return one.file.source.problem('bad-value', rangeIn(one, path, which), message, hint);
}

/** A step that is not in the runbook, with the one that is most like it. */
export function unknownStep(
  one: CaseFile,
  [path, which]: readonly [Path, Which],
  name: string,
  candidates: readonly string[],
): Diagnostic {
  const guess = closest(name, candidates);
  return one.file.source.problem(
    'unknown-step',
    rangeIn(one, path, which),
    `the runbook has no step "${name}"`,
    guess === null ? `it has: ${candidates.join(', ')}` : `did you mean "${guess}"?`,
  );
}

export function topLevel(places: Places): readonly string[] {
  return [...places.keys()].filter((place) => !place.includes('.'));
}
