import { isJsonObject } from '#domain/json.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';

export const END = 'end';
export const ASK = 'ask';

/**
 * Where a step may go, by outcome: written routes, and the defaults of the language for the rest.
 * `skipped` is there only for a step with `if`; what people do by hand is no route.
 */
export function routesOf(step: Step, index: number, runbook: Runbook): ReadonlyMap<string, string> {
  const following = runbook.steps[index + 1];
  const next = following?.id ?? END;
  const routes = new Map<string, string>();

  for (const outcome of kindOf(step.uses)?.outcomes ?? []) {
    routes.set(outcome, step.next[outcome] ?? defaultRoute(outcome, step, following, next));
  }
  if (step.if !== null) routes.set('skipped', step.next['skipped'] ?? next);
  for (const [option, target] of choices(step)) routes.set(`choice ${option}`, target);
  return routes;
}

function defaultRoute(
  outcome: string,
  step: Step,
  following: Step | undefined,
  next: string,
): string {
  const role = kindOf(step.uses)?.role;
  if (role === 'write') return outcome === 'succeeded' || outcome === 'notNeeded' ? next : ASK;
  if (role === 'person') return outcome === 'timedOut' ? ASK : next;
  const beforeWrite = following !== undefined && kindOf(following.uses)?.role === 'write';
  return outcome === 'inconclusive' && beforeWrite ? ASK : next;
}

/** The options of a `choose` with the step that each leads to. */
export function choices(step: Step): readonly (readonly [option: string, target: string])[] {
  const options = step.with['options'];
  if (step.uses !== 'choose' || !isJsonObject(options)) return [];
  return Object.entries(options).flatMap(([option, written]) => {
    const target = isJsonObject(written) ? written['next'] : null;
    return typeof target === 'string' ? [[option, target] as const] : [];
  });
}
