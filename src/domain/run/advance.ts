import { stepsReadBy } from '#domain/expressions/references.ts';
import { bot } from '#domain/ids.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Turn } from '#domain/stream/turn.ts';

import { callRunbook, calledRunId } from './call.ts';
import { enterStep, severityOf } from './enter.ts';
import { escalationFor } from './escalation.ts';
import { finish } from './finish.ts';
import { optionsOf } from './options.ts';
import { finishRead, isReady, requestOf, takeMeasurement } from './read.ts';
import { requestApproval } from './request-approval.ts';
import type { Run, StepVisit } from './state.ts';
import { findStep, following, isRead, isWrite, stepOf, stretchFrom } from './structure.ts';
import { runVerdict } from './verdict.ts';

/**
 * What follows from what has happened, as far as nobody else is needed: checks that can't be asked
 * are judged, visits whose last measurement is in are ended, and a run whose place is done moves on.
 */

/** A runbook whose steps go round without ever waiting is a fault that lint finds; here it must only not hang. */
const mostMovesAtOnce = 500;

export function begin(turn: Turn, runId: string): void {
  const [first] = turn.run(runId).document.runbook.steps;
  if (first === undefined) endRun(turn, runId, 'succeeded');
  else goTo(turn, runId, first.id, { moved: false });
  settle(turn, runId);
}

/** Moves on until somebody or something outside is needed. */
export function settle(turn: Turn, runId: string): void {
  for (let moves = 0; moves < mostMovesAtOnce; moves += 1) {
    const run = turn.run(runId);
    if (run.end !== null) return reportToCaller(turn, run);
    const moved = Object.values(run.steps).some((visit) => settleVisit(turn, runId, visit));
    if (!moved && !moveOn(turn, runId)) return;
  }
  const { position } = turn.run(runId);
  const step = position.kind === 'at' ? position.steps[0] : undefined;
  ask(turn, runId, step ?? '', 'The runbook goes round in a circle without waiting for anything.');
}

/** Does the next thing that a visit can do by itself; false when there is none. */
function settleVisit(turn: Turn, runId: string, visit: StepVisit): boolean {
  if (visit.finished !== null) return false;
  if (visit.write?.phase === 'planned') {
    requestApproval(turn, runId, visit);
    return true;
  }
  if (isUncalled(turn.run(runId), visit, turn)) {
    if (callRunbook(turn, runId, visit)) begin(turn, calledRunId(runId, visit));
    return true;
  }
  if (visit.activities.length === 0) return false;
  if (visit.activities.every((activity) => activity.done)) {
    finishRead(turn, runId, visit);
    return true;
  }
  const run = turn.run(runId);
  for (const activity of visit.activities) {
    if (activity.done || !isReady(run, visit, activity)) continue;
    const request = requestOf(run, turn.stream().incident, visit, activity);
    if (request.ok) continue;
    takeMeasurement(turn, runId, visit, activity, {
      kind: 'unavailable',
      message: request.error,
      retry: false,
    });
    return true;
  }
  return false;
}

function isUncalled(run: Run, visit: StepVisit, turn: Turn): boolean {
  const { uses } = stepOf(run.document.runbook, visit.step);
  return uses === 'runbook' && !(calledRunId(run.id, visit) in turn.stream().runs);
}

/** Routes when every step of the position is finished; false when the run waits for one. */
function moveOn(turn: Turn, runId: string): boolean {
  const run = turn.run(runId);
  const { position } = run;
  if (position.kind !== 'at') return false;
  const ended = position.steps.map((id) => run.steps[id]?.finished ?? null);
  if (ended.includes(null)) return false;

  if (position.after !== null) {
    goTo(turn, runId, position.after, { moved: false, prepared: true });
    return true;
  }
  const lastId = position.steps.at(-1);
  const last = ended.at(-1);
  if (lastId === undefined || !last) return false;
  const step = stepOf(run.document.runbook, lastId);
  const target = routeOf(run, lastId, last.outcome);
  if (target === 'ask') {
    ask(turn, runId, step.id, askReason(step.title, last.outcome, last.finding));
  } else if (target === 'end') endRun(turn, runId, 'succeeded');
  else goTo(turn, runId, target, { moved: false });
  return true;
}

function routeOf(run: Run, stepId: string, outcome: string): string {
  const { runbook } = run.document;
  const step = stepOf(runbook, stepId);
  const option = step.uses === 'choose' ? optionsOf(step)[outcome] : undefined;
  const routed = option?.next ?? step.next[outcome];
  if (routed !== undefined) return routed;

  const next = following(runbook, stepId);
  const nextStep = findStep(runbook, next);
  if (outcome === 'inconclusive') return nextStep && isWrite(nextStep) ? 'ask' : next;
  const asks =
    outcome === 'timedOut' ||
    outcome === 'cancelled' ||
    (outcome === 'failed' && kindOf(step.uses)?.role !== 'tell') ||
    (isWrite(step) && (outcome === 'rejected' || outcome === 'unknown'));
  return asks ? 'ask' : next;
}

/**
 * Moves the run to a step. The reads whose results the step needs and that have none are run first;
 * what else is missing is asked for.
 */
export function goTo(
  turn: Turn,
  runId: string,
  stepId: string,
  { moved, prepared = false }: { moved: boolean; prepared?: boolean },
): void {
  const run = turn.run(runId);
  const { runbook } = run.document;
  const missing = moved || prepared ? missingFor(run, stepId) : [];
  const reads = missing.filter((id) => isRead(stepOf(runbook, id)));
  if (reads.length > 0 && !prepared) {
    enterAll(turn, runId, reads, { moved, after: stepId });
    return;
  }
  const others = missing.filter((id) => !isRead(stepOf(runbook, id)));
  if (others.length > 0) {
    const titles = others.map((id) => stepOf(runbook, id).title).join(', ');
    ask(turn, runId, stepId, `It needs the result of: ${titles}. Go there first.`, moved);
    return;
  }
  enterAll(turn, runId, stretchFrom(runbook, stepId), { moved, after: null });
}

function enterAll(
  turn: Turn,
  runId: string,
  steps: readonly string[],
  { moved, after }: { moved: boolean; after: string | null },
): void {
  // Of a preview only its own step may make use, and `PositionSet` forgets them all.
  const { previews } = turn.run(runId);
  turn.emit({
    type: 'PositionSet',
    run: runId,
    position: { kind: 'at', steps: [...steps], after },
    moved,
    ...(!moved && { actor: bot }),
  });
  for (const id of steps) {
    enterStep(turn, runId, id, 'route');
    const preview = previews[id];
    const visit = turn.run(runId).steps[id];
    if (preview && visit?.write?.phase === 'planning' && preview.expiresAt > turn.at) {
      const { plan, expiresAt } = preview;
      if (plan.kind !== 'plan') continue;
      const { step, visit: number } = visit;
      turn.emit({
        type: 'PlanComputed',
        run: runId,
        step,
        visit: number,
        preview: false,
        plan,
        expiresAt,
      });
    }
  }
}

function missingFor(run: Run, stepId: string): string[] {
  const { runbook } = run.document;
  return stepsReadBy(stepOf(runbook, stepId)).filter(
    (id) => id !== stepId && findStep(runbook, id) !== null && !run.steps[id]?.finished,
  );
}

/** Stops and asks a person: retry, skip, go to another step, stop. */
export function ask(turn: Turn, runId: string, step: string, reason: string, moved = false): void {
  const { severity, service } = turn.run(runId);
  const escalation = escalationFor(turn.settings, {
    severity: severityOf(turn, severity),
    service,
  });
  turn.emit({
    type: 'PositionSet',
    run: runId,
    position: { kind: 'ask', step, reason, escalation },
    moved,
    ...(!moved && { actor: bot }),
  });
}

export function endRun(
  turn: Turn,
  runId: string,
  status: 'succeeded' | 'failed' | 'stopped',
  reason: string | null = null,
): void {
  turn.emit({
    type: 'RunEnded',
    run: runId,
    status,
    verdict: runVerdict(turn.run(runId)),
    ...(reason !== null && { texts: { reason } }),
    ...(status === 'succeeded' && { actor: bot }),
  });
}

/** A called run hands its verdict to the step that called it. */
function reportToCaller(turn: Turn, run: Run): void {
  if (run.parent === null || run.end === null) return;
  const caller = turn.run(run.parent.run);
  const visit = caller.steps[run.parent.step];
  if (!visit || visit.visit !== run.parent.visit || visit.finished || caller.end) return;
  const succeeded = run.end.status === 'succeeded';
  const verdict = succeeded ? run.end.verdict : 'inconclusive';
  const outputs = Object.fromEntries(
    Object.values(run.steps).map((one) => [one.step, one.finished?.outputs ?? {}]),
  );
  finish(turn, caller.id, visit, {
    actor: bot,
    status: succeeded ? 'succeeded' : 'failed',
    outcome: verdict,
    verdict,
    text: `${run.document.runbook.title}: ${succeeded ? worded[verdict] : run.end.status}`,
    result: { verdict, outputs },
  });
  settle(turn, caller.id);
}

const worded = { pass: 'OK', fail: 'problem found', inconclusive: 'no data' } as const;

function askReason(title: string, outcome: string, finding: string): string {
  const what = finding === '' ? '' : ` ${finding}`;
  return `${title}: ${outcome}.${what}`;
}
