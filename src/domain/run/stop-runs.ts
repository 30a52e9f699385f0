import type { Turn } from '#domain/stream/turn.ts';

import { endRun } from './end-run.ts';
import { writeUnderWay } from './write-under-way.ts';

/**
 * Ends the runs of a stream that nobody called, `except` one: an incident takes its runs with it,
 * however it ends. One whose write is under way goes on, since its outcome must come first.
 */
export function stopRuns(turn: Turn, reason: string, except: string | null = null): void {
  for (const { id, parent } of Object.values(turn.stream().runs)) {
    const { end, position } = turn.run(id);
    if (parent !== null || end !== null || id === except) continue;
    if (writeUnderWay(turn, id) !== null) continue;
    endRun(turn, id, position.kind === 'ask' ? 'failed' : 'stopped', reason);
  }
}

/** The run that began all: a called one ends with its caller. */
export function rootOf(turn: Turn, runId: string): string {
  const { parent } = turn.run(runId);
  return parent === null ? runId : rootOf(turn, parent.run);
}
