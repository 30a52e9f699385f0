import type { Run } from '#domain/run/state.ts';
import { findStep, isRead } from '#domain/run/structure.ts';

import type { Turn } from './turns.ts';

/** A problem, the first time that a check found it. A nested check is named by its path. */
export type Found = { at: string; runbook: string; check: string; title: string; finding: string };

/** In the order in which they were found. A `repeat` finds nothing new: it asks how it is by now. */
export function problemsFound(turns: readonly Turn[]): Found[] {
  const found = new Map<string, Found>();
  for (const { event, after } of turns) {
    if (event.type !== 'StepFinished' || event.verdict !== 'fail') continue;
    const run = after.runs[event.run];
    const step = run && findStep(run.document.runbook, event.step);
    if (!run || !step || !isRead(step) || step.repeats !== null) continue;

    const { id: runbook } = run.document.runbook;
    const nested = failedWithin(run, step.id);
    const checks =
      nested.length > 0 ? nested : [{ at: event.at, check: step.id, finding: event.finding }];
    for (const check of checks) {
      const key = `${runbook}/${check.check}`;
      if (!found.has(key)) found.set(key, { ...check, runbook, title: step.title });
    }
  }
  return [...found.values()].toSorted((one, other) => one.at.localeCompare(other.at));
}

/** What failed inside of a `parallel`. */
function failedWithin(run: Run, step: string): Pick<Found, 'at' | 'check' | 'finding'>[] {
  return (run.steps[step]?.activities ?? []).flatMap(({ path, last }) =>
    path !== step && last?.verdict === 'fail'
      ? [{ at: last.at, check: path, finding: last.summary }]
      : [],
  );
}
