import type { StepFacts } from '#domain/expressions/scope.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Verdict } from '#domain/run/events.ts';

import { type Checking, type Level, scopeOf } from './checking.ts';
import { dependencyOrder, inDependencyOrder } from './in-dependency-order.ts';
import type { CheckedStep } from './report.ts';
import { chosenAmong, type Place, placeIn } from './selection.ts';

/** What the steps of one runbook came to; `verdicts` and `outputs` are of its own steps only. */
export type LevelResult = {
  steps: readonly CheckedStep[];
  verdicts: readonly Verdict[];
  outputs: Readonly<Record<string, JsonObject>>;
};

/** Checks the steps of a runbook, each as soon as what it reads is known. `next` counts for nothing. */
export async function checkLevel(
  checking: Checking,
  level: Level,
  given: { place: Place; whole: boolean },
  signal: AbortSignal,
): Promise<LevelResult> {
  const { steps } = level.runbook;
  const placeOf = (id: string) => placeIn(given.place, id);
  const selection = given.whole ? { ...checking.selection, only: null } : checking.selection;
  const chosen = chosenAmong(steps, selection, placeOf);
  const facts: Record<string, StepFacts> = {};
  const scope = scopeOf(checking, level, facts);

  const order = dependencyOrder(steps.filter(({ id }) => chosen.has(id)));
  const done = await inDependencyOrder(order, async (step) => {
    const whole = chosen.get(step.id)?.whole ?? false;
    const found = await checking.checkStep(
      checking,
      level,
      { step, place: placeOf(step.id), whole, scope },
      signal,
    );
    if (found.facts !== null) facts[step.id] = found.facts;
    return found;
  });

  const inOrder = steps.flatMap(({ id }) => done.get(id) ?? []);
  return {
    steps: inOrder.flatMap(({ own, nested }) => [own, ...nested]),
    verdicts: inOrder.flatMap(({ own }) => own.verdict ?? []),
    outputs: Object.fromEntries(
      steps.flatMap(({ id }) => {
        const found = facts[id];
        return found === undefined ? [] : [[id, found.outputs]];
      }),
    ),
  };
}
