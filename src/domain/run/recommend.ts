import { condition } from '#domain/expressions/evaluate.ts';
import { stepsRead } from '#domain/expressions/references.ts';
import type { Incident } from '#domain/incident/state.ts';

import { isOld } from './freshness.ts';
import { optionsOf } from './options.ts';
import { scopeOf } from './scope.ts';
import type { Run } from './state.ts';
import { stepOf } from './structure.ts';

/**
 * The options of a choice that the evidence speaks for. Old or missing evidence recommends nothing,
 * an expression that fails neither, and a way back across migrations never.
 */
export function recommendedOptions(
  run: Run,
  incident: Incident | null,
  stepId: string,
  now: string,
): readonly string[] {
  const options = optionsOf(stepOf(run.document.runbook, stepId));
  return Object.entries(options)
    .filter(([, option]) => {
      if (option.recommend === null) return false;
      const fresh = stepsRead(option.recommend).every((id) => {
        const visit = run.steps[id];
        return visit?.finished != null && !isOld(run, visit, now);
      });
      const preview = run.previews[option.next]?.plan;
      const crosses = preview?.kind === 'plan' && preview.migrations.length > 0;
      if (!fresh || crosses) return false;
      const holds = condition(option.recommend, scopeOf(run, incident));
      return holds.ok && holds.value;
    })
    .map(([id]) => id);
}
