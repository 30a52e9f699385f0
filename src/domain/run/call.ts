import { bot } from '#domain/ids.ts';
import { objectOf, textOf } from '#domain/json.ts';
import type { Turn } from '#domain/stream/turn.ts';

import { finish } from './finish.ts';
import { inputsOf } from './inputs-of-step.ts';
import { resolveInputs } from './inputs.ts';
import { scopeOf } from './scope.ts';
import type { Run, StepVisit } from './state.ts';
import { stepOf } from './structure.ts';

/** `runbook` as a step: the called run lives in the stream of its caller. */

/** What the verdict of a called runbook says to its caller. */
export const calledWords = {
  pass: 'all is well',
  fail: 'a check found a problem',
  inconclusive: 'a check has no data',
} as const;

function calledRunId(runId: string, visit: StepVisit): string {
  return `${runId}.${visit.step}.${visit.visit}`;
}

/** True for a visit whose runbook is still to be called. */
export function isUncalled(turn: Turn, run: Run, visit: StepVisit): boolean {
  const { uses } = stepOf(run.document.runbook, visit.step);
  return uses === 'runbook' && !Object.hasOwn(turn.stream().runs, calledRunId(run.id, visit));
}

/** Starts the called run and answers with its id; null where that is not possible: the visit has ended. */
export function callRunbook(turn: Turn, runId: string, visit: StepVisit): string | null {
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
    return null;
  };

  const resolved = inputsOf(step, scope);
  if (!resolved.ok) return fail(resolved.error);
  const id = textOf(resolved.value['id']);
  const document = Object.hasOwn(run.called, id) ? run.called[id] : undefined;
  if (document === undefined) return fail(`There is no runbook ${id}.`);
  if (isAmongCallers(turn, run, id)) return fail(`The runbook ${id} would call itself.`);

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
    ...(run.unattended && { unattended: true }),
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
  return called;
}

function isAmongCallers(turn: Turn, run: Run, id: string): boolean {
  if (run.document.runbook.id === id) return true;
  return run.parent !== null && isAmongCallers(turn, turn.run(run.parent.run), id);
}

/** A called run that has ended hands its verdict to the step that called it; false if nobody waits for it. */
export function reportToCaller(turn: Turn, run: Run): boolean {
  if (run.parent === null || run.end === null) return false;
  const caller = turn.run(run.parent.run);
  const visit = caller.steps[run.parent.step];
  if (!visit || visit.visit !== run.parent.visit || visit.finished || caller.end) return false;
  const succeeded = run.end.status === 'succeeded';
  const verdict = succeeded ? run.end.verdict : 'inconclusive';
  const outputs = Object.fromEntries(
    Object.values(run.steps).map((one) => [one.step, one.finished?.outputs ?? {}]),
  );
  finish(turn, caller.id, visit, {
    // Whoever moved the called run to its end has moved the caller to what comes next.
    actor: run.mover.kind === 'person' ? run.mover : bot,
    status: succeeded ? 'succeeded' : 'failed',
    outcome: verdict,
    verdict,
    text: succeeded
      ? calledWords[verdict]
      : `The runbook ${run.document.runbook.id} ${run.end.status}`,
    result: { verdict, outputs },
    wrote: run.lastWriteAt !== null,
  });
  return true;
}
