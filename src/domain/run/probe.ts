import type { Turn } from '#domain/stream/turn.ts';

import { endRun } from './end-run.ts';
import { directlyMissing, enterAll } from './go-to.ts';
import type { Run } from './state.ts';
import { isRead, isWrite } from './structure.ts';

/**
 * A dry run that nobody attends, such as the nightly one, asks whether everything still answers. It
 * follows no route, for on a quiet night the first check leads straight to the end: it asks each check
 * once whose references exist, calls the runbooks that its steps call, makes the plan of the first
 * write, and ends. Steps of people, and what depends on them, are left out.
 *
 * Enters what is next; false while something is still under way.
 */
export function probe(turn: Turn, runId: string): boolean {
  const run = turn.run(runId);
  const visits = Object.values(run.steps);
  if (run.end !== null || visits.some(({ finished }) => finished === null)) return false;
  const next = nextOf(run);
  if (next.length === 0) endRun(turn, runId, 'succeeded');
  else enterAll(turn, runId, next, { moved: false, after: null });
  return true;
}

function nextOf(run: Run): readonly string[] {
  const ready = run.document.runbook.steps.filter(
    ({ id }) => !Object.hasOwn(run.steps, id) && directlyMissing(run, id).length === 0,
  );
  const asks = ready.filter(
    (step) => step.repeats === null && (isRead(step) || step.uses === 'runbook'),
  );
  if (asks.length > 0) return asks.map(({ id }) => id);
  const planned = run.document.runbook.steps.some(
    (step) => isWrite(step) && Object.hasOwn(run.steps, step.id),
  );
  const write = planned ? undefined : ready.find(isWrite);
  return write === undefined ? [] : [write.id];
}
