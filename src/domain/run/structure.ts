import { stepsReadBy } from '#domain/expressions/references.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';

/** Questions about a runbook's shape that a run asks. */

export function findStep(runbook: Runbook, id: string): Step | null {
  return runbook.steps.find((step) => step.id === id) ?? null;
}

/** The step, which a run that stands at it is sure to have. */
export function stepOf(runbook: Runbook, id: string): Step {
  const step = findStep(runbook, id);
  if (step === null) throw new Error(`runbook ${runbook.id} has no step ${id}`);
  return step;
}

export function isRead(step: Step): boolean {
  return kindOf(step.uses)?.role === 'read' || step.uses === 'parallel';
}

export function isWrite(step: Step): boolean {
  return kindOf(step.uses)?.role === 'write';
}

/** The step below, or `end`. */
export function following(runbook: Runbook, id: string): string {
  const index = runbook.steps.findIndex((step) => step.id === id);
  return runbook.steps[index + 1]?.id ?? 'end';
}

/**
 * The steps that are entered together when the run comes to `id`: a stretch of consecutive checks
 * without `next` and `if` that do not read each other, else the step alone. A watch is a wait and
 * stands alone.
 */
export function stretchFrom(runbook: Runbook, id: string): readonly string[] {
  const start = runbook.steps.findIndex((step) => step.id === id);
  const stretch: string[] = [];
  for (const step of runbook.steps.slice(start)) {
    if (!mayRunBeside(step) || stepsReadBy(step).some((read) => stretch.includes(read))) break;
    stretch.push(step.id);
  }
  return stretch.length === 0 ? [id] : stretch;
}

function mayRunBeside(step: Step): boolean {
  const routed = Object.keys(step.next).length > 0;
  return isRead(step) && !routed && step.if === null && step.watch === null;
}
