import type { Runbook, Step } from './runbook.ts';

/** All steps, those nested in `parallel` behind their parent. */
export function stepsOf(runbook: Runbook): readonly Step[] {
  return runbook.steps.flatMap((step) => [step, ...step.steps]);
}
