import type { Turn } from '#domain/stream/turn.ts';

import { refuse, type Refusal } from './refusals.ts';
import { findStep } from './structure.ts';

/**
 * A write that may have been sent can't be left: its outcome must come first. Looks at the run and
 * at those that it calls; `only` narrows it to one step of the run and what that step called.
 */
export function writeUnderWay(turn: Turn, runId: string, only?: string): Refusal {
  for (const run of Object.values(turn.stream().runs)) {
    const called = run.id.startsWith(only === undefined ? `${runId}.` : `${runId}.${only}.`);
    if (run.id !== runId && !called) continue;
    const visit = Object.values(run.steps).find(
      (one) =>
        one.finished === null &&
        (one.write?.phase === 'acting' || one.write?.phase === 'approved') &&
        (called || only === undefined || one.step === only),
    );
    if (!visit) continue;
    const step = findStep(run.document.runbook, visit.step);
    return refuse(
      'run.write-under-way',
      `${step?.title ?? visit.step} is under way; wait until its outcome is known.`,
    );
  }
  return null;
}
