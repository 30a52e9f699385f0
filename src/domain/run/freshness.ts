import type { Run, StepVisit } from './state.ts';

/** Evidence speaks of the moment it was taken. */
const evidenceLivesMs = 5 * 60_000;

/**
 * Whether a visit's evidence is old: it ended before the last write did, or over five minutes ago.
 * Old evidence is shown as such and recommends nothing. A visit that has not ended has none to be old.
 */
export function isOld(run: Run, visit: StepVisit, now: string): boolean {
  if (visit.finished === null) return false;
  const { at } = visit.finished;
  const beforeWrite = run.lastWriteAt !== null && Date.parse(at) < Date.parse(run.lastWriteAt);
  return beforeWrite || Date.parse(now) - Date.parse(at) > evidenceLivesMs;
}

/** When the evidence of a visit will be old without anybody's doing; null: it is, or there is none. */
export function growsOldAt(run: Run, visit: StepVisit, now: string): string | null {
  if (visit.finished?.verdict == null || isOld(run, visit, now)) return null;
  return new Date(Date.parse(visit.finished.at) + evidenceLivesMs + 1).toISOString();
}
