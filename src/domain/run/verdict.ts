import type { Verdict } from './events.ts';
import type { Run } from './state.ts';
import { findStep, isRead } from './structure.ts';

const rank = { pass: 0, inconclusive: 1, fail: 2 } as const;

export function worst(verdicts: readonly Verdict[]): Verdict {
  let found: Verdict | null = null;
  for (const verdict of verdicts) {
    if (found === null || rank[verdict] > rank[found]) found = verdict;
  }
  return found ?? 'inconclusive';
}

/**
 * The worst of each check's last visit; a `repeat` counts as a visit of its original. A check that
 * a person skipped or cancelled has no data; one that its own `if` left out counts for nothing.
 */
export function runVerdict(run: Run): Verdict {
  const last = new Map<string, { order: number; verdict: Verdict }>();
  for (const visit of Object.values(run.steps)) {
    const step = findStep(run.document.runbook, visit.step);
    const { finished } = visit;
    if (step === null || finished === null) continue;
    if (!isRead(step) && step.uses !== 'runbook') continue;
    if (finished.status === 'skipped' && finished.by.kind !== 'person') continue;
    const verdict = finished.verdict ?? 'inconclusive';
    const original = step.repeats ?? step.id;
    const known = last.get(original);
    if (known === undefined || known.order < visit.order) {
      last.set(original, { order: visit.order, verdict });
    }
  }
  return worst([...last.values()].map(({ verdict }) => verdict));
}
