import { condition } from '#domain/expressions/evaluate.ts';
import { stepsNeededBy } from '#domain/expressions/references.ts';
import type { Scope } from '#domain/expressions/scope.ts';
import { findingOf } from '#domain/run/finish.ts';
import { outputsOf } from '#domain/run/outputs.ts';
import { durationOf } from '#domain/run/read.ts';
import { isRead, isWrite } from '#domain/run/structure.ts';
import type { Step } from '#domain/runbook/runbook.ts';

import { checkCall } from './check-call.ts';
import { checkParallel } from './check-parallel.ts';
import { checkRead } from './check-read.ts';
import type { At, Checking, Ending, Found, Level } from './checking.ts';
import type { CheckedStep } from './report.ts';
import { isSkipped } from './selection.ts';
import { showPlan } from './show-plan.ts';

const dayMs = 86_400_000;

/** Checks one step. Never rejects for what the world does, nor when the signal fires. */
export async function checkStep(
  checking: Checking,
  level: Level,
  at: At,
  signal: AbortSignal,
): Promise<Found> {
  const { clock } = checking.deps;
  const startedAt = clock.now().getTime();
  const left = whyLeftOut(checking, at);
  const ending = left === null ? await endingOf(checking, level, at, signal) : leftOut(left);
  const seconds = Math.max(0, clock.now().getTime() - startedAt) / 1_000;

  const { step, scope, place } = at;
  const { status, verdict, result = null, evidence = null, nested = [], children } = ending;
  const withResult =
    result === null ? scope : { ...scope, result: { uses: step.uses, value: result } };
  const outputs = outputsOf(step, result, scope);
  const outcome = verdict ?? status;
  const own: CheckedStep = {
    id: place.full,
    title: step.title,
    uses: step.uses,
    status,
    verdict,
    duration: left === null ? seconds : 0,
    summary: findingOf(step, { outcome, text: ending.text }, withResult),
    outputs,
    evidence,
  };
  checking.onStep(own);
  const facts = {
    uses: step.uses,
    status,
    verdict,
    result,
    outputs,
    ...(children && { children }),
  };
  return { own, nested, facts: left === null && !isWrite(step) ? facts : null };
}

/** Why a check does not do this step at all. */
function whyLeftOut({ selection }: Checking, { step, place }: At): string | null {
  if (isSkipped(selection, place)) return 'left out by --skip';
  if (isRead(step) || isWrite(step) || step.uses === 'runbook') return null;
  return 'not part of a check: it is for people';
}

function leftOut(text: string): Ending {
  return { status: 'skipped', verdict: null, text };
}

async function endingOf(
  checking: Checking,
  level: Level,
  at: At,
  signal: AbortSignal,
): Promise<Ending> {
  const { step, scope } = at;
  const missing = stepsNeededBy(step).filter((id) => !isThere(id, scope, step));
  if (missing.length > 0) {
    return noData(step, `it reads ${[...new Set(missing)].join(', ')}, which is not done here`);
  }
  const wanted = step.if === null ? null : condition(step.if, scope);
  if (wanted?.ok === false) return noData(step, `if: ${wanted.error}`);
  if (wanted?.value === false) return leftOut('not needed here');

  try {
    signal.throwIfAborted();
    if (isWrite(step)) return await showPlan(checking, level, at, signal);
    if (isRead(step) && step.uses !== 'parallel') {
      return await checkRead(checking, level, at, signal);
    }
    const inside = step.timeout === null ? signal : timeLimited(step.timeout, scope, signal);
    return await (step.uses === 'parallel'
      ? checkParallel(checking, level, at, inside)
      : checkCall(checking, level, at, inside));
  } catch (error) {
    if (!signal.aborted) throw error;
    const late = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
    return {
      status: late ? 'timedOut' : 'cancelled',
      verdict: isWrite(step) ? null : 'inconclusive',
      text: late ? 'not done in time' : 'stopped before it was done',
    };
  }
}

/** The time of a step with others inside is that of all of them. */
function timeLimited(timeout: string, scope: Scope, signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(durationOf(timeout, scope, dayMs))]);
}

/** A step reads itself only in what is evaluated once it has ended. */
function isThere(id: string, scope: Scope, step: Step): boolean {
  return id === step.id || Object.hasOwn(scope.steps, id);
}

function noData(step: Step, text: string): Ending {
  return { status: 'failed', verdict: isWrite(step) ? null : 'inconclusive', text };
}
