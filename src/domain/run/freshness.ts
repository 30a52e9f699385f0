import type { Run, StepVisit } from './state.ts';

const freshForMs = 5 * 60_000;

/** Evidence from before a write, or older than five minutes: shown as such, and recommends nothing. */
export function isOld(run: Run, visit: StepVisit, now: string): boolean {
  const { finished } = visit;
  if (finished === null) return false;
  const beforeWrite = run.lastWriteAt !== null && finished.at < run.lastWriteAt;
  return beforeWrite || Date.parse(now) - Date.parse(finished.at) > freshForMs;
}
