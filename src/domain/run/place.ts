import type { Incident } from '#domain/incident/state.ts';
import { textOf } from '#domain/json.ts';
import type { Step } from '#domain/runbook/runbook.ts';

import { inputsOf } from './inputs-of-step.ts';
import { scopeOf } from './scope.ts';
import type { Run } from './state.ts';

/**
 * Where a step acts: what its `with` names, else where the run is. Policy is asked about this place,
 * so that a run on staging can't write to production under the policy of staging.
 */
export function placeOf(
  run: Run,
  incident: Incident | null,
  step: Step,
): { service: string; environment: string } {
  const resolved = inputsOf(step, scopeOf(run, incident));
  const inputs = resolved.ok ? resolved.value : {};
  return {
    service: textOf(inputs['service'], run.service),
    environment: textOf(inputs['environment'], run.environment),
  };
}
