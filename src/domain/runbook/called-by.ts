import type { Runbook, RunbookDocument } from './runbook.ts';
import { stepsOf } from './steps-of.ts';

/** Runbooks that this one calls, at any depth, by id; those that do not exist are left out. */
export function calledBy(
  runbook: Runbook,
  find: (id: string) => RunbookDocument | null,
): Record<string, RunbookDocument> {
  const found: Record<string, RunbookDocument> = {};
  const ahead = [runbook];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    for (const step of stepsOf(next)) {
      const id = step.uses === 'runbook' ? step.with['id'] : undefined;
      if (typeof id !== 'string' || Object.hasOwn(found, id)) continue;
      const called = find(id);
      if (called === null) continue;
      found[id] = called;
      ahead.push(called.runbook);
    }
  }
  return found;
}
