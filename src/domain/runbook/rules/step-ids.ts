import type { Diagnostic } from '#domain/diagnostic.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';

import { atValue, type ParsedFile } from './rule.ts';
import type { WrittenStep } from './written-steps.ts';

/** Ids are unique among their siblings, and `repeat` names a check that repeats nothing itself. */
export function stepIds(steps: readonly WrittenStep[], file: ParsedFile): readonly Diagnostic[] {
  return [...repeatedIds(steps, file), ...wrongRepeats(steps, file)];
}

function repeatedIds(steps: readonly WrittenStep[], file: ParsedFile): readonly Diagnostic[] {
  const seen = new Map<string, WrittenStep>();
  return steps.flatMap((step) => {
    const scope = JSON.stringify([step.path.slice(0, -1), step.id]);
    const first = seen.get(scope);
    if (first === undefined) {
      seen.set(scope, step);
      return [];
    }
    const { start, end } = atValue(file, [...first.path, 'id']);
    const { line, column } = file.source.place(start, end);
    return [
      file.source.problem(
        'bad-value',
        atValue(file, [...step.path, 'id']),
        `the id "${step.id}" is taken by the step at ${line}:${column}`,
      ),
    ];
  });
}

function wrongRepeats(steps: readonly WrittenStep[], file: ParsedFile): readonly Diagnostic[] {
  const targets = steps.filter(({ nested, kind }) => !nested && kind?.role === 'read');
  const ids = targets.map(({ id }) => id);
  return steps.flatMap(({ keys, path }) => {
    const { repeat } = keys;
    if (typeof repeat !== 'string' || ids.includes(repeat)) return [];
    const guess = closest(repeat, ids);
    return [
      file.source.problem(
        'unknown-step',
        atValue(file, [...path, 'repeat']),
        `no check has the id "${repeat}"`,
        guess === null ? undefined : `did you mean "${guess}"?`,
      ),
    ];
  });
}
