import type { RunMode } from '#domain/runbook/runbook.ts';

import type { Run, StepVisit } from './state.ts';
import { isRead, isWrite, stepOf } from './structure.ts';

/** What a run that has ended says about its runbook. */
export type Proof = {
  at: string;
  how: RunMode;
  digest: string;
  commit: string | null;
  modified: boolean;
  /** What gave no answer, with what was found instead. */
  silent: readonly { title: string; finding: string }[];
  /** It succeeded, asked at least one check, and every check that it asked gave an answer. */
  proves: boolean;
};

/** Null while the run is open. A check that found a problem has answered. */
export function proofOf(run: Run): Proof | null {
  if (run.end === null) return null;
  const last = lastVisits(run);
  const silent = last.flatMap((visit) => silentIn(run, visit));
  const { digest, commit, modified = false } = run.document;
  const asked = last.some(({ finished }) => finished?.status !== 'skipped');
  return {
    at: run.end.at,
    how: run.mode,
    digest,
    commit,
    modified,
    silent,
    proves: run.end.status === 'succeeded' && asked && silent.length === 0,
  };
}

/** The last visit of each check, a `repeat` counting as one of its original, and of each dry write. */
function lastVisits(run: Run): readonly StepVisit[] {
  const last = new Map<string, StepVisit>();
  for (const visit of Object.values(run.steps)) {
    const step = stepOf(run.document.runbook, visit.step);
    const planned = isWrite(step) && run.mode === 'dryRun';
    if (!isRead(step) && step.uses !== 'runbook' && !planned) continue;
    const original = step.repeats ?? step.id;
    if ((last.get(original)?.order ?? 0) < visit.order) last.set(original, visit);
  }
  return [...last.values()].toSorted((one, other) => one.order - other.order);
}

function silentIn(run: Run, visit: StepVisit): Proof['silent'] {
  const { title } = stepOf(run.document.runbook, visit.step);
  const { finished, activities } = visit;
  // One that its own `if` left out counts for nothing.
  if (finished === null || (finished.status === 'skipped' && finished.by.kind !== 'person')) {
    return [];
  }
  const children = activities.length < 2 ? [] : activities;
  const silent = children.filter(
    ({ last }) => last?.verdict === 'inconclusive' && last.measurement.kind !== 'skipped',
  );
  if (silent.length > 0) {
    return silent.map(({ path, last }) => ({
      title: `${title}, ${path}`,
      finding: last?.summary ?? '',
    }));
  }
  const answered =
    finished.verdict === null
      ? finished.outcome === 'succeeded' || finished.outcome === 'notNeeded'
      : finished.verdict !== 'inconclusive';
  return answered ? [] : [{ title, finding: finished.finding }];
}
