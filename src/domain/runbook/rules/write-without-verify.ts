import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';

import { ASK, END, routesOf } from './routes.ts';
import { asWarning, atValue, type Rule } from './rule.ts';

/** After a write that succeeded, a check shows that it helped before the run ends. */
export const writeWithoutVerify: Rule = ({ runbook, file }) => {
  const unchecked = endsWithoutCheck(runbook);
  return runbook.steps.flatMap((step, index) => {
    if (kindOf(step.uses)?.role !== 'write') return [];
    const after = routesOf(step, index, runbook).get('succeeded') ?? END;
    if (after !== END && !unchecked.has(after)) return [];
    const message = `the run can end after ${step.id} without a check that it worked`;
    const hint = 'route succeeded to a check, best one with `watch`';
    const at = atValue(file, ['steps', index, 'uses']);
    return [asWarning(file.source.problem('write-without-verify', at, message, hint))];
  });
};

/**
 * The steps from which a route leads to the end past no check. Where a person was asked (`ask`,
 * `manual`, `choose`), it is the person who looks.
 */
function endsWithoutCheck(runbook: Runbook): ReadonlySet<string> {
  const leadsHere = new Map<string, string[]>();
  for (const [index, step] of runbook.steps.entries()) {
    if (looks(step)) continue;
    for (const target of routesOf(step, index, runbook).values()) {
      if (target !== ASK) leadsHere.set(target, [...(leadsHere.get(target) ?? []), step.id]);
    }
  }
  const found = new Set<string>();
  const open = [END];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const before of leadsHere.get(id) ?? []) {
      if (found.has(before)) continue;
      found.add(before);
      open.push(before);
    }
  }
  return found;
}

/** A check, or whatever holds or calls some; a write is asked for its own check. */
function looks(step: Step): boolean {
  const role = kindOf(step.uses)?.role;
  return (role === 'read' && step.if === null) || role === 'flow' || role === 'person';
}
