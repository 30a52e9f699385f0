import { bot } from '#domain/ids.ts';
import { objectOf, textOf } from '#domain/json.ts';
import type { Turn } from '#domain/stream/turn.ts';

import { finish } from './finish.ts';
import { inputsOf } from './inputs-of-step.ts';
import { resolveInputs } from './inputs.ts';
import { scopeOf } from './scope.ts';
import type { StepVisit } from './state.ts';
import { stepOf } from './structure.ts';

/** The run of a runbook that a step calls; it lives in the stream of its caller. */
export function calledRunId(runId: string, visit: StepVisit): string {
  return `${runId}.${visit.step}.${visit.visit}`;
}

/** Starts the called run, and ends the visit where that is not possible. True when it was started. */
export function callRunbook(turn: Turn, runId: string, visit: StepVisit): boolean {
  const run = turn.run(runId);
  const scope = scopeOf(run, turn.stream().incident);
  const step = stepOf(run.document.runbook, visit.step);
  const fail = (text: string) => {
    finish(turn, runId, visit, {
      actor: bot,
      status: 'failed',
      outcome: 'inconclusive',
      verdict: 'inconclusive',
      text,
    });
    return false;
  };

  const resolved = inputsOf(step, scope);
  if (!resolved.ok) return fail(resolved.error);
  const id = textOf(resolved.value['id']);
  const document = run.called[id];
  if (document === undefined) return fail(`There is no runbook ${id}.`);

  const checked = resolveInputs(document.runbook, objectOf(resolved.value['inputs']));
  if (!checked.ok) return fail(checked.error);

  const called = calledRunId(runId, visit);
  const environment = checked.value['environment'];
  turn.emit({
    type: 'RunStarted',
    run: called,
    document,
    called: run.called,
    inputs: checked.value,
    mode: run.mode,
    service: document.runbook.service,
    environment: typeof environment === 'string' ? environment : run.environment,
    parent: { run: runId, step: visit.step, visit: visit.visit },
    alert: run.alert,
    since: run.since,
    waits: false,
    severity: run.severity,
    // Whoever moved the caller here is the requester of what the called runbook writes.
    actor: run.mover,
  });
  return true;
}
