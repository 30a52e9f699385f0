import type { Diagnostic } from '#domain/diagnostic.ts';
import { guesser } from '#domain/runbook/did-you-mean.ts';
import { stepKinds } from '#domain/runbook/kinds/registry.ts';

import { atValue, type ParsedFile } from './rule.ts';
import type { WrittenStep } from './written-steps.ts';

/** A step names a kind that exists. */
export function unknownUses(
  steps: readonly WrittenStep[],
  file: ParsedFile,
): readonly Diagnostic[] {
  const guessed = guesser();
  return steps.flatMap(({ uses, kind, path }) => {
    if (uses === null || kind !== null) return [];
    const names = stepKinds.map(({ name }) => name);
    const guess = guessed(uses, names);
    return [
      file.source.problem(
        'unknown-uses',
        atValue(file, [...path, 'uses']),
        `there is no kind of step "${uses}"`,
        guess === null ? `kinds: ${names.join(', ')}` : `did you mean "${guess}"?`,
      ),
    ];
  });
}
