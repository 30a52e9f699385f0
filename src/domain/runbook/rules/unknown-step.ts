import type { Diagnostic } from '#domain/diagnostic.ts';
import { guesser } from '#domain/runbook/did-you-mean.ts';
import type { Path } from '#domain/runbook/yaml/yaml-node.ts';

import { ASK, choices, END } from './routes.ts';
import { atValue, type LocatedStep, locatedSteps, type Subject } from './rule.ts';

/** Routes, options and `show` name steps of this runbook. Expressions are for type-mismatch. */
export function unknownStep(subject: Subject): readonly Diagnostic[] {
  const { file, runbook } = subject;
  const ids = runbook.steps.map(({ id }) => id);
  const known = new Set(ids);
  const targets = [...ids, END, ASK];
  const guessed = guesser();

  return locatedSteps(subject).flatMap((located) =>
    [
      ...routed(located).filter(({ id }) => !known.has(id) && id !== END && id !== ASK),
      ...shown(located).filter(({ id }) => !known.has(id)),
    ].map(({ id, path }) => {
      const guess = guessed(id, targets);
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
