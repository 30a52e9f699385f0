import { condition } from '#domain/expressions/evaluate.ts';
import { stepsRead } from '#domain/expressions/references.ts';
import type { Incident } from '#domain/incident/state.ts';

import { isOld } from './freshness.ts';
import { optionsOf } from './options.ts';
import { scopeOf } from './scope.ts';
import type { Run } from './state.ts';
import { findStep, isWrite } from './structure.ts';

/**
 * The options of a choice that its evidence speaks for, in their order. Evidence that is old or
 * still to come speaks for nothing, nor does an expression that fails; and an option that leads to a
 * write needs its plan, one that crosses no migration.
 */
export function recommendedOptions(
  run: Run,
  incident: Incident | null,
  stepId: string,
  now: string,
): string[] {
  const step = findStep(run.document.runbook, stepId);
  if (step === null) return [];
  const scope = scopeOf(run, incident);
  return Object.entries(optionsOf(step))
    .filter(([, { recommend, next }]) => {
      if (recommend === null || !isFresh(run, recommend, now) || !mayBePlanned(run, next)) {
        return false;
      }
      const wanted = condition(recommend, scope);
      return wanted.ok && wanted.value;
    })
    .map(([id]) => id);
}

/** Whether evidence that an option's recommendation rests on was there, and has grown old. */
export function restsOnOldEvidence(run: Run, stepId: string, now: string): boolean {
  const step = findStep(run.document.runbook, stepId);
  return Object.values(step === null ? {} : optionsOf(step)).some(({ recommend }) =>
    stepsRead(recommend ?? '').some((id) => {
      const visit = run.steps[id];
      return visit !== undefined && isOld(run, visit, now);
    }),
  );
}

function isFresh(run: Run, expression: string, now: string): boolean {
  return stepsRead(expression).every((id) => {
    const visit = run.steps[id];
    return visit !== undefined && visit.finished !== null && !isOld(run, visit, now);
  });
}

function mayBePlanned(run: Run, next: string): boolean {
  const target = findStep(run.document.runbook, next);
  if (target === null || !isWrite(target)) return true;
  const plan = run.previews[next]?.plan;
  return plan?.kind === 'plan' && plan.migrations.length === 0;
}
