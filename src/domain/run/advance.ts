import { bot } from '#domain/ids.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Turn } from '#domain/stream/turn.ts';

import { advanceRead } from './advance-read.ts';
import { callRunbook, isUncalled, reportToCaller } from './call.ts';
import { endRun } from './end-run.ts';
import { finish } from './finish.ts';
import { ask, goTo, goToPrepared } from './go-to.ts';
import { inputsOf } from './inputs-of-step.ts';
import { optionsOf } from './options.ts';
import { probe } from './probe.ts';
import { requestApproval } from './request-approval.ts';
import { scopeOf } from './scope.ts';
import type { Run, StepVisit } from './state.ts';
import { findStep, following, isWrite, stepOf } from './structure.ts';

/**
 * What follows from what has happened, as far as nobody else is needed: checks that can't be asked
 * are judged, visits whose last measurement is in are ended, and a run whose place is done moves on.
 */

/** A runbook whose steps go round without ever waiting is a fault that lint finds; here it must only not hang. */
const mostMovesAtOnce = 500;

/** Enters the first step. */
export function begin(turn: Turn, runId: string): void {
  const run = turn.run(runId);
  const [first] = run.document.runbook.steps;
  if (run.unattended) probe(turn, runId);
  else if (first === undefined) endRun(turn, runId, 'succeeded');
  else goTo(turn, runId, first.id, { moved: false });
}

/**
 * Moves every run of the stream on until somebody or something outside is needed. One loop for the
 * callers and the called: a caller that goes round by way of a called run is in it, too.
 */
export function settle(turn: Turn): void {
  for (let moves = 0; moves < mostMovesAtOnce;) {
    const runs = Object.values(turn.stream().runs);
    if (runs.some((run) => reportToCaller(turn, run) || advanceVisits(turn, run))) continue;
    const moved = runs.find((run) => moveOn(turn, run));
    if (moved === undefined) return;
    moves += 1;
    if (moves === mostMovesAtOnce) stopCircle(turn, moved);
  }
}

function stopCircle(turn: Turn, { id, parent }: Run): void {
  const outer = parent === null ? id : parent.run;
  const { end, position } = turn.run(outer);
  if (end !== null) return;
  const step = position.kind === 'at' ? (position.steps[0] ?? '') : '';
  ask(turn, outer, step, 'The runbook goes round in a circle without waiting for anything.');
}

function advanceVisits(turn: Turn, run: Run): boolean {
  return (
    run.end === null && Object.values(run.steps).some((visit) => advanceVisit(turn, run, visit))
  );
}

/** Does the next thing that a visit can do by itself; false when there is none. */
function advanceVisit(turn: Turn, run: Run, visit: StepVisit): boolean {
  if (visit.finished !== null) return false;
  if (visit.write?.phase === 'planning') return failUnplannable(turn, run, visit);
  if (visit.write?.phase === 'planned') {
    if (run.mode === 'dryRun') endDryRun(turn, run.id, visit);
    else requestApproval(turn, run.id, visit);
    return true;
  }
  if (isUncalled(turn, run, visit)) {
    const called = callRunbook(turn, run.id, visit);
    if (called !== null) begin(turn, called);
    return true;
  }
  return advanceRead(turn, run, visit);
}

/** A write whose inputs can't be told is not even planned, and nothing is sent. */
function failUnplannable(turn: Turn, run: Run, visit: StepVisit): boolean {
  const step = stepOf(run.document.runbook, visit.step);
  const inputs = inputsOf(step, scopeOf(run, turn.stream().incident));
  if (inputs.ok) return false;
  const text = inputs.error;
  finish(turn, run.id, visit, { actor: bot, status: 'failed', outcome: 'failed', text });
  return true;
}

/** The first plan of a write is where a dry run ends, with the runs that called it; see `probe.ts` too. */
function endDryRun(turn: Turn, runId: string, visit: StepVisit): void {
  if (visit.write?.phase !== 'planned') return;
  finish(turn, runId, visit, {
    actor: bot,
    status: 'succeeded',
    outcome: 'succeeded',
    text: 'Dry run: planned and not done',
    result: { plan: visit.write.plan.plan },
  });
  if (turn.run(runId).unattended) return;
  for (let run = turn.run(runId); ; run = turn.run(run.parent.run)) {
    endRun(turn, run.id, 'succeeded');
    reportToCaller(turn, turn.run(run.id));
    if (run.parent === null) return;
  }
}

/** Routes when every step of the position is finished; false when the run waits for one. */
function moveOn(turn: Turn, run: Run): boolean {
  const { position } = run;
  if (run.unattended) return probe(turn, run.id);
  if (run.end !== null || position.kind !== 'at') return false;
  const ended = position.steps.map((id) => run.steps[id]?.finished ?? null);
  if (ended.includes(null)) return false;

  if (position.after !== null) {
    goToPrepared(turn, run.id, position.after, { moved: false });
    return true;
  }
  const lastId = position.steps.at(-1);
  const last = ended.at(-1);
  if (lastId === undefined || !last) return false;
  const step = stepOf(run.document.runbook, lastId);
  const target = routeOf(run, lastId, last.outcome);
  if (target === 'ask') {
    ask(turn, run.id, step.id, askReason(step.title, last.outcome, last.finding));
  } else if (target === 'end') endRun(turn, run.id, 'succeeded');
  else goTo(turn, run.id, target, { moved: false });
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

function askReason(title: string, outcome: string, finding: string): string {
  const what = finding === '' ? '' : ` ${finding}`;
  return `${title}: ${outcome}.${what}`;
}
