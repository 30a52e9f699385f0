import { optionsOf } from './options.ts';
import type { Run, StepVisit } from './state.ts';
import { stepOf } from './structure.ts';

/**
 * Whether a write that waits crosses migrations and nobody has said why that is safe. Whoever chooses
 * it is asked when its plan is there already; whoever comes to it sooner, or on another way, is not.
 */
export function lacksReason(run: Run, visit: StepVisit): boolean {
  const { write, stamps } = visit;
  if (write?.phase !== 'approving' || write.plan.migrations.length === 0) return false;
  return !stamps.some(({ reason }) => reason !== null) && !isReasonedChoice(run, visit.step);
}

function isReasonedChoice(run: Run, target: string): boolean {
  return Object.values(run.steps).some(({ step, finished, stamps }) => {
    const options = optionsOf(stepOf(run.document.runbook, step));
    const option = Object.hasOwn(options, finished?.outcome ?? '') ? finished?.outcome : undefined;
    return (
      option !== undefined &&
      options[option]?.next === target &&
      (stamps.at(-1)?.reason ?? null) !== null
    );
  });
}
