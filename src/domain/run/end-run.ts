import { bot } from '#domain/ids.ts';
import type { Turn } from '#domain/stream/turn.ts';

import { finish } from './finish.ts';
import type { StepVisit } from './state.ts';
import { runVerdict } from './verdict.ts';

/** Ends a run; what is still active in it, and in the runs that it calls, ends with it. */
export function endRun(
  turn: Turn,
  runId: string,
  status: 'succeeded' | 'failed' | 'stopped',
  reason: string | null = null,
): void {
  cancelActive(turn, runId, reason);
  turn.emit({
    type: 'RunEnded',
    run: runId,
    status,
    verdict: runVerdict(turn.run(runId)),
    ...(reason !== null && { texts: { reason } }),
    ...(status === 'succeeded' && { actor: bot }),
  });
}

export function cancelActive(turn: Turn, runId: string, reason: string | null): void {
  for (const visit of Object.values(turn.run(runId).steps)) {
    if (visit.finished !== null) continue;
    endCalled(turn, runId, visit, reason);
    finish(turn, runId, visit, { status: 'cancelled', outcome: 'cancelled', text: 'Cancelled' });
  }
}

/** Stops the run that this visit called, if it still goes on. */
export function endCalled(
  turn: Turn,
  runId: string,
  { step, visit }: StepVisit,
  reason: string | null,
): void {
  const called = Object.values(turn.stream().runs).find(
    ({ end, parent }) =>
      end === null && parent?.run === runId && parent.step === step && parent.visit === visit,
  );
  if (called) endRun(turn, called.id, 'stopped', reason);
}
