import type { Diagnostic } from '#domain/diagnostic.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import type { Path } from '#domain/runbook/yaml/yaml-node.ts';

import { ASK, choices, END } from './routes.ts';
import { atValue, type LocatedStep, locatedSteps, type Subject } from './rule.ts';

/** Routes, options and `show` name steps of this runbook. Expressions are for type-mismatch. */
export function unknownStep(subject: Subject): readonly Diagnostic[] {
  const { file, runbook } = subject;
  const ids = runbook.steps.map(({ id }) => id);
  const targets = [...ids, END, ASK];

  return locatedSteps(subject).flatMap((located) =>
    [
      ...routed(located).filter(({ id }) => !targets.includes(id)),
      ...shown(located).filter(({ id }) => !ids.includes(id)),
    ].map(({ id, path }) => {
      const guess = closest(id, targets);
      return file.source.problem(
        'unknown-step',
        atValue(file, path),
        `no step has the id "${id}"`,
        guess === null ? undefined : `did you mean "${guess}"?`,
      );
    }),
  );
}

type Named = { id: string; path: Path };

function routed({ step, path }: LocatedStep): readonly Named[] {
  return [
    ...Object.entries(step.next).map(([outcome, id]) => ({ id, path: [...path, 'next', outcome] })),
    ...choices(step).map(([option, id]) => ({
      id,
      path: [...path, 'with', 'options', option, 'next'],
    })),
  ];
}

function shown({ step, path }: LocatedStep): readonly Named[] {
  const show = step.uses === 'choose' ? step.with['show'] : [];
  if (!Array.isArray(show)) return [];
  return show.map((id, index) => ({ id: String(id), path: [...path, 'with', 'show', index] }));
}
