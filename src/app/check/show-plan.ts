import { textOf } from '#domain/json.ts';
import { inputsOf } from '#domain/run/inputs-of-step.ts';
import { planMove } from '#domain/timeline/plan-text.ts';

import type { At, Checking, Ending, Level } from './checking.ts';

/** What a write would do. It is never done here, and what it would do is no verdict. */
export async function showPlan(
  checking: Checking,
  level: Level,
  { step, scope }: At,
  signal: AbortSignal,
): Promise<Ending> {
  const inputs = inputsOf(step, scope);
  if (!inputs.ok) return { status: 'skipped', verdict: null, text: `no plan: ${inputs.error}` };
  const planned = await checking.deps.planWrite(
    {
      uses: step.uses,
      with: inputs.value,
      service: textOf(inputs.value['service'], level.service),
      environment: textOf(inputs.value['environment'], level.environment),
      mode: 'dryRun',
      startedAt: checking.startedAt,
    },
    signal,
  );
  const evidence = { with: inputs.value };
  if (planned.kind !== 'plan') {
    return { status: 'skipped', verdict: null, text: `no plan: ${planned.message}`, evidence };
  }
  const { plan } = planned;
  const move = planMove(plan) ?? step.uses;
  return {
    status: 'skipped',
    verdict: null,
    text: `planned, not done: ${move}`,
    evidence: { ...evidence, plan },
  };
}
