import { textOf, type JsonObject } from '#domain/json.ts';
import { worst } from '#domain/run/verdict.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';

import { checkLevel } from './check-level.ts';
import { checkStep } from './check-step.ts';
import { beginChecking, type CheckDeps } from './checking.ts';
import type { CheckedStep, CheckReport } from './report.ts';
import { type Selection, top } from './selection.ts';

/**
 * Runs the reads of a runbook once and says what they found: no write, no person, no record. What
 * the signal cuts off has no data.
 */
export async function checkRunbook(
  deps: CheckDeps,
  request: {
    runbook: Runbook;
    /** Complete, as `resolveInputs` leaves them. */
    inputs: JsonObject;
    selection: Selection;
    /** Called as each step ends, nested ones included. */
    onStep: (step: CheckedStep) => void;
  },
  signal: AbortSignal,
): Promise<CheckReport> {
  const { runbook, inputs, selection, onStep } = request;
  const { id, service } = runbook;
  const begun = deps.clock.now();
  const first = deps.settings().services[service]?.environments[0] ?? 'production';
  const environment = textOf(inputs['environment'], first);
  const { steps, verdicts } = await checkLevel(
    beginChecking({ deps, selection, onStep, checkStep }),
    { runbook, inputs, service, environment, callers: [id] },
    { place: top, whole: selection.only === null },
    signal,
  );
  return {
    runbook: id,
    verdict: worst(verdicts),
    startedAt: begun.toISOString(),
    duration: (deps.clock.now().getTime() - begun.getTime()) / 1_000,
    steps,
  };
}
