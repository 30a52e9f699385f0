import type { Diagnostic } from '#domain/diagnostic.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';

import { atKey, locatedSteps, type Subject } from './rule.ts';

/** `next` and `finding` name outcomes that the step can have. */
export function impossibleRoute(subject: Subject): readonly Diagnostic[] {
  const { source } = subject.file;
  return locatedSteps(subject).flatMap(({ step, path }) => {
    const possible = [...(kindOf(step.uses)?.outcomes ?? []), 'skipped'];
    const named = [
      ...Object.keys(step.next).map((outcome) => [...path, 'next', outcome]),
      ...(step.repeats === null ? Object.keys(step.finding) : []).map((outcome) => [
        ...path,
        'finding',
        outcome,
      ]),
    ];
    return named
      .filter((at) => !possible.includes(String(at.at(-1))))
      .map((at) => {
        const outcome = String(at.at(-1));
        const guess = closest(outcome, possible);
        return source.problem(
          'impossible-route',
          atKey(subject.file, at),
          `${step.uses} never ends as "${outcome}"`,
          guess === null ? `it can be: ${possible.join(', ')}` : `did you mean "${guess}"?`,
        );
      });
  });
}
