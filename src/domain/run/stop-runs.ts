import type { Turn } from '#domain/stream/turn.ts';

import { endRun } from './end-run.ts';
import { findStep } from './structure.ts';
import { writeUnderWay } from './write-under-way.ts';

/**
 * Ends the runs of a stream that nobody called, `except` one: an incident takes its runs with it,
 * however it ends. One whose write is under way goes on, since its outcome must come first; then
 * `stopSpared` ends it.
 */
export function stopRuns(turn: Turn, reason: string, except: string | null = null): void {
  for (const { id, parent } of Object.values(turn.stream().runs)) {
    const { end, position } = turn.run(id);
    if (parent !== null || end !== null || id === except) continue;
    if (writeUnderWay(turn, id) !== null) continue;
    endRun(turn, id, position.kind === 'ask' ? 'failed' : 'stopped', reason);
  }
}

/** Ends a run that its incident has left behind, once nothing of it is under way. */
export function stopSpared(turn: Turn, runId: string): void {
  const root = turn.run(rootOf(turn, runId));
  const { incident } = turn.stream();
  const isOver = incident?.status === 'resolved' || incident?.status === 'dismissed';
  const overAt = incident?.resolvedAt ?? incident?.answered?.at ?? '';
  if (!isOver || overAt < root.startedAt || root.end !== null || hasResolved(turn, root.id)) return;
  if (writeUnderWay(turn, root.id) === null) {
    endRun(turn, root.id, 'stopped', 'The incident is over.');
  }
}

/** A run that has resolved the incident by a step of its own goes on behind that step. */
function hasResolved(turn: Turn, root: string): boolean {
  return Object.values(turn.stream().runs).some(
    (run) =>
      rootOf(turn, run.id) === root &&
      Object.values(run.steps).some(
        ({ step, finished }) =>
          finished?.status === 'succeeded' &&
          findStep(run.document.runbook, step)?.uses === 'incident.resolve',
      ),
  );
}

/** The run that began all: a called one ends with its caller. */
export function rootOf(turn: Turn, runId: string): string {
  const { parent } = turn.run(runId);
  return parent === null ? runId : rootOf(turn, parent.run);
}
