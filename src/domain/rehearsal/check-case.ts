import type { Diagnostic } from '#domain/diagnostic.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import { inputProblem } from '#domain/runbook/input-problem.ts';

import { badValue, type CaseFile, rangeIn } from './case-file.ts';
import { checkExpect } from './check-expect.ts';
import { checkMocks } from './check-mocks.ts';
import { checkPeople, checkUsers } from './check-people.ts';
import type { RehearsalCase } from './rehearsal-case.ts';
import type { Rehearsed } from './scene.ts';

/** Whether a case fits its runbook and the settings; one that does not is not played. */
export function checkCase(
  one: CaseFile,
  given: RehearsalCase,
  rehearsed: Rehearsed,
): readonly Diagnostic[] {
  return [
    ...checkInputs(one, given, rehearsed),
    ...checkUsers(one, given, rehearsed.settings),
    ...checkMocks(one, given.mocks),
    ...checkPeople(one, given),
    ...checkExpect(one, given),
  ];
}

function checkInputs(
  one: CaseFile,
  { inputs = {} }: RehearsalCase,
  { runbook, settings }: Rehearsed,
): readonly Diagnostic[] {
  const names = Object.keys(runbook.inputs);
  const defaults = settings.inputs[runbook.id] ?? {};
  const unknown = Object.keys(inputs).filter((name) => !names.includes(name));
  const missing = Object.entries(runbook.inputs).filter(
    ([name, spec]) =>
      (inputs[name] ?? defaults[name] ?? spec.default ?? null) === null && spec.required !== false,
  );
  return [
    ...unknown.map((name) => {
      const guess = closest(name, names);
      return one.file.source.problem(
        'unknown-key',
        rangeIn(one, ['inputs', name], 'key'),
        `the runbook has no input "${name}"`,
        guess === null ? `it has: ${names.join(', ') || 'none'}` : `did you mean "${guess}"?`,
      );
    }),
    ...missing.map(([name]) =>
      badValue(one, [['inputs'], 'key'], `the input "${name}" has no default and is not given`),
    ),
    ...Object.entries(inputs).flatMap(([name, value]) => {
      const spec = Object.hasOwn(runbook.inputs, name) ? runbook.inputs[name] : undefined;
      const problem = spec === undefined || value === null ? null : inputProblem(value, spec);
      if (problem === null) return [];
      return [badValue(one, [['inputs', name], 'value'], `${name}: ${problem.message}`)];
    }),
  ];
}
