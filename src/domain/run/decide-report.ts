import { bot } from '#domain/ids.ts';
import type { Turn } from '#domain/stream/turn.ts';

import { settle } from './advance.ts';
import type { RunCommand } from './commands.ts';
import { endCalled } from './end-run.ts';
import { finish } from './finish.ts';
import { optionsOf } from './options.ts';
import { durationOf, later, retryInMs, takeMeasurement } from './read.ts';
import { stale, type Refusal } from './refusals.ts';
import { scopeOf } from './scope.ts';
import type { Run, StepVisit } from './state.ts';
import { stopSpared } from './stop-runs.ts';
import { stepOf } from './structure.ts';
import { writeKey } from './write-key.ts';
import { writeUnderWay } from './write-under-way.ts';

/** What finished effects and timers say. A report that nobody waits for any more is refused and harmless. */

type Command<Type extends RunCommand['type']> = Extract<RunCommand, { type: Type }>;

/** A plan is good for a quarter of an hour. */
const planLivesMs = 15 * 60_000;
const writeTimeoutMs = 10 * 60_000;

export function reportMeasurement(turn: Turn, command: Command<'ReportMeasurement'>): Refusal {
  const visit = activeVisit(turn.run(command.run), command);
  const activity = visit?.activities.find(
    (one) =>
      one.path === command.path &&
      one.sample === command.sample &&
      one.attempt === command.attempt &&
      !one.done,
  );
  if (visit === null || activity === undefined) return stale();
  takeMeasurement(turn, command.run, visit, activity, command.measurement);
  settle(turn);
  return null;
}

export function reportSeries(turn: Turn, command: Command<'ReportSeries'>): Refusal {
  const { run: runId, step, visit, moment, series } = command;
  const run = turn.run(runId);
  if (run.observed.moments.includes(moment) || run.steps[step]?.visit !== visit) return stale();
  turn.emit({ type: 'SeriesObserved', run: runId, step, visit, moment, series });
  return null;
}

export function reportPlan(turn: Turn, command: Command<'ReportPlan'>): Refusal {
  const { run: runId, step, visit: number, preview, plan } = command;
  const run = turn.run(runId);
  const expiresAt = later(turn.at, planLivesMs);
  if (preview) {
    if (!isOffered(run, step, number)) return stale();
    turn.emit({ type: 'PlanComputed', run: runId, step, visit: number, preview, plan, expiresAt });
    return null;
  }

  const visit = activeVisit(run, command);
  if (visit?.write?.phase !== 'planning') return stale();
  turn.emit({ type: 'PlanComputed', run: runId, step, visit: number, preview, plan, expiresAt });
  if (plan.kind === 'notNeeded') {
    const status = 'succeeded';
    finish(turn, runId, visit, { status, outcome: 'notNeeded', text: plan.message });
  } else if (plan.kind !== 'plan') {
    finish(turn, runId, visit, { status: 'failed', outcome: 'failed', text: plan.message });
  }
  settle(turn);
  return null;
}

/** A preview belongs to the visit of a choice that still waits and has an option for the step. */
function isOffered(run: Run, step: string, visit: number): boolean {
  return Object.values(run.steps).some(
    (one) =>
      one.visit === visit &&
      one.wait !== null &&
      Object.values(optionsOf(stepOf(run.document.runbook, one.step))).some(
        (option) => option.next === step,
      ),
  );
}

/**
 * The fence: whoever gets this event into the stream may send, nobody else. A second attempt needs
 * the first to have been found missing at the provider, after its time to send was over. An approval
 * that has outlived its plan begins nothing: the plan is made anew.
 */
export function beginWrite(turn: Turn, command: Command<'BeginWrite'>): Refusal {
  const { run: runId, step, visit: number, attempt, sendBy } = command;
  const run = turn.run(runId);
  const visit = activeVisit(run, command);
  const write = visit?.write ?? null;
  const first =
    write?.phase === 'approved' && attempt === 1 && turn.at >= (write.notBefore ?? turn.at);
  const again =
    write?.phase === 'acting' && attempt === write.attempt + 1 && turn.at > write.sendBy;
  if (visit === null || (!first && !again)) return stale();
  if (first && write.plan.expiresAt <= turn.at) {
    dropOldPlan(turn, runId, visit);
    return null;
  }

  const { timeout } = stepOf(run.document.runbook, step);
  const scope = scopeOf(run, turn.stream().incident);
  const timeoutMs = durationOf(timeout ?? '', scope, writeTimeoutMs);
  turn.emit({
    type: 'WriteStarted',
    run: runId,
    step,
    visit: number,
    attempt,
    key: writeKey(run, visit),
    sendBy,
    giveUpAt: write?.phase === 'acting' ? write.giveUpAt : later(turn.at, timeoutMs),
  });
  return null;
}

export function reportProgress(turn: Turn, command: Command<'ReportProgress'>): Refusal {
  const visit = activeVisit(turn.run(command.run), command);
  if (visit?.write?.phase !== 'acting' || visit.write.attempt !== command.attempt) return stale();
  if (visit.write.progress === command.message) return null;
  const { run, step, visit: number, attempt, message } = command;
  turn.emit({ type: 'WriteProgressed', run, step, visit: number, attempt, message });
  return null;
}

export function reportWrite(turn: Turn, command: Command<'ReportWrite'>): Refusal {
  const visit = activeVisit(turn.run(command.run), command);
  const phase = visit?.write?.phase;
  const { run, outcome, message, result } = command;
  if (visit === null || command.key !== writeKey(turn.run(run), visit)) return stale();
  // The last look before acting may end a write that was never begun, but not say that it was done.
  const unsent = outcome === 'changed' || outcome === 'notNeeded' || outcome === 'failed';
  if (!(phase === 'acting' || (phase === 'approved' && unsent))) return stale();
  if (outcome === 'failed' && tryAgain(turn, visit, command)) return null;
  if (outcome === 'changed') {
    const { step, visit: number } = visit;
    turn.emit({ type: 'PlanDropped', run, step, visit: number, reason: message });
    stopSpared(turn, run);
    settle(turn);
    return null;
  }
  const status = outcome === 'failed' ? 'failed' : outcome === 'unknown' ? 'unknown' : 'succeeded';
  finish(turn, run, visit, { status, outcome, text: message, result });
  stopSpared(turn, run);
  settle(turn);
  return null;
}

/** Whether `retry` has a write that failed tried again; if so, that is noted. */
function tryAgain(turn: Turn, visit: StepVisit, command: Command<'ReportWrite'>): boolean {
  const { run: runId, step, visit: number, message } = command;
  const run = turn.run(runId);
  const { retry } = stepOf(run.document.runbook, step);
  const failed = visit.failures.length + 1;
  if (retry === null || failed >= retry.attempts) return false;
  const inMs = retryInMs(retry, scopeOf(run, turn.stream().incident), failed);
  const nextAt = later(turn.at, inMs);
  turn.emit({ type: 'WriteFailed', run: runId, step, visit: number, message, nextAt });
  return true;
}

export function reportDeclared(turn: Turn, command: Command<'ReportDeclared'>): Refusal {
  const run = turn.run(command.run);
  const visit = activeVisit(run, command);
  const declares = visit && stepOf(run.document.runbook, visit.step).uses === 'incident.declare';
  if (!declares) return stale();
  const { incident, message } = command;
  const outcome = incident === null ? 'failed' : 'succeeded';
  finish(turn, command.run, visit, {
    status: outcome,
    outcome,
    text: message,
    ...(incident !== null && { result: { incident } }),
  });
  settle(turn);
  return null;
}

export function escalate(turn: Turn, command: Command<'Escalate'>): Refusal {
  const { run: runId, step, since, rung } = command;
  const { position, steps } = turn.run(runId);
  const wait =
    position.kind === 'ask' && position.step === step && position.since === since
      ? position
      : steps[step]?.wait;
  const tell = wait?.escalation[rung]?.tell;
  if (wait?.since !== since || wait.told !== rung || tell === undefined) return stale();
  turn.emit({ type: 'Escalated', run: runId, step, rung, since, tell, actor: bot });
  return null;
}

/** Nothing is ever written because time ran out: a timeout only ever ends a wait or a read. */
export function timeOut(turn: Turn, command: Command<'TimeOut'>): Refusal {
  const run = turn.run(command.run);
  const visit = activeVisit(run, command);
  if (visit === null || visit.write !== null) return stale();
  if (writeUnderWay(turn, run.id, visit.step) !== null) return stale();
  endCalled(turn, run.id, visit, 'It took too long.');
  const waited = visit.wait !== null;
  finish(turn, run.id, visit, {
    status: 'timedOut',
    outcome: waited ? 'timedOut' : 'inconclusive',
    ...(!waited && { verdict: 'inconclusive' as const }),
    text: waited ? 'Nobody answered in time' : 'No result in time',
    actor: bot,
  });
  settle(turn);
  return null;
}

export function expirePlan(turn: Turn, command: Command<'ExpirePlan'>): Refusal {
  const visit = activeVisit(turn.run(command.run), command);
  const write = visit?.write ?? null;
  if (visit === null || (write?.phase !== 'approving' && write?.phase !== 'approved')) {
    return stale();
  }
  if (write.plan.hash !== command.hash || write.plan.expiresAt > turn.at) return stale();
  dropOldPlan(turn, command.run, visit);
  return null;
}

function dropOldPlan(turn: Turn, run: string, { step, visit }: StepVisit): void {
  const reason = 'The plan was older than 15 minutes; it is made anew.';
  turn.emit({ type: 'PlanDropped', run, step, visit, reason, actor: bot });
  stopSpared(turn, run);
  settle(turn);
}

function activeVisit(run: Run, at: { step: string; visit: number }): StepVisit | null {
  const visit = run.steps[at.step];
  return visit?.visit === at.visit && visit.finished === null && run.end === null ? visit : null;
}
