import { parseDuration } from '#domain/duration.ts';
import { condition, evaluate, renderText } from '#domain/expressions/evaluate.ts';
import { stepsReadBy } from '#domain/expressions/references.ts';
import type { Evaluated, Scope } from '#domain/expressions/scope.ts';
import { hasTemplate } from '#domain/expressions/template.ts';
import { bot } from '#domain/ids.ts';
import type { Incident } from '#domain/incident/state.ts';
import { isJsonArray, type Json, type JsonObject } from '#domain/json.ts';
import type { Retry, Step } from '#domain/runbook/runbook.ts';
import type { Turn } from '#domain/stream/turn.ts';

import type { MeasurementRecord, Verdict } from './events.ts';
import { finish } from './finish.ts';
import { inputsOf } from './inputs-of-step.ts';
import { judge, type Judgement } from './judge.ts';
import { resultOf, scopeOf, scopeOfActivity } from './scope.ts';
import type { Activity, Run, StepVisit } from './state.ts';
import { stepOf } from './structure.ts';
import { worst } from './verdict.ts';
import { afterSample } from './watch.ts';

/** How steps that only look come to their verdict: attempts, samples, children. */

const readTimeoutMs = 20_000;
const defaultRetry: Retry = { attempts: 3, backoff: '1s' };
/** `every: 0s` must not become a loop without a pause. */
const shortestEveryMs = 100;

export type Expansion = { activities: Pick<Activity, 'path' | 'step' | 'item'>[] };

/** What a read has to measure; an error where the items of `foreach` can't be told. */
export function activitiesOf(step: Step, scope: Scope): Evaluated<Expansion> {
  if (step.uses !== 'parallel') {
    return { ok: true, value: { activities: [{ path: step.id, step: step.id, item: null }] } };
  }
  const items = step.foreach === null ? [null] : itemsOf(step.foreach.list, scope);
  if ('error' in items) return { ok: false, error: items.error };
  const activities = items.flatMap((item) =>
    step.steps.map((child) => ({
      path:
        step.foreach === null
          ? `${step.id}.${child.id}`
          : `${step.id}[${itemLabel(item)}].${child.id}`,
      step: child.id,
      item,
    })),
  );
  return { ok: true, value: { activities } };
}

function itemsOf(list: string, scope: Scope): readonly Json[] | { error: string } {
  const found = evaluate(list, scope);
  if (!found.ok) return { error: `foreach: ${found.error}` };
  if (!isJsonArray(found.value)) return { error: 'foreach: not a list' };
  const labels = found.value.map(itemLabel);
  const seen = new Set<string>();
  const twice = labels.find((one) => seen.size === seen.add(one).size);
  return twice === undefined ? found.value : { error: `foreach: ${twice} is in the list twice` };
}

/** How an item of `foreach` is spelled in paths. */
export function itemLabel(item: Json): string {
  return typeof item === 'string' ? item : JSON.stringify(item);
}

/** The step that an activity measures: the visit's own, or the child of `parallel`. */
export function stepOfActivity(run: Run, activity: Activity, visit: StepVisit): Step {
  const parent = stepOf(run.document.runbook, visit.step);
  return parent.steps.find((child) => child.id === activity.step) ?? parent;
}

/** True when nothing that the activity reads is still to come: a child waits for its siblings. */
export function isReady(run: Run, visit: StepVisit, activity: Activity): boolean {
  const reads = stepsReadBy(stepOfActivity(run, activity, visit));
  return visit.activities.every(
    (other) =>
      other === activity ||
      other.done ||
      itemLabel(other.item) !== itemLabel(activity.item) ||
      !reads.includes(other.step),
  );
}

/** The inputs of a read with nothing left to evaluate. */
export function requestOf(
  run: Run,
  incident: Incident | null,
  visit: StepVisit,
  activity: Activity,
): Evaluated<JsonObject> {
  const parent = stepOf(run.document.runbook, visit.step);
  const scope = scopeOfActivity(run, incident, parent, activity);
  return inputsOf(stepOfActivity(run, activity, visit), scope);
}

/** Takes a measurement into the run: judges it, and says whether it is to be measured again. */
export function takeMeasurement(
  turn: Turn,
  runId: string,
  visit: StepVisit,
  activity: Activity,
  measurement: MeasurementRecord,
): void {
  const run = turn.run(runId);
  const parent = stepOf(run.document.runbook, visit.step);
  const step = stepOfActivity(run, activity, visit);
  const { incident } = turn.stream();
  const request = requestOf(run, incident, visit, activity);
  const withInputs = request.ok ? request.value : {};
  const scope = scopeOfActivity(run, incident, parent, activity);
  const { verdict, why } = judge(step, withInputs, measurement, scope);

  const base = {
    type: 'Measured',
    run: runId,
    step: visit.step,
    visit: visit.visit,
    path: activity.path,
    sample: activity.sample,
    attempt: activity.attempt,
    with: withInputs,
    measurement,
  } as const;

  // A watch whose inputs can't be told would never measure anything: it is over at once.
  if (step.watch !== null && request.ok && !run.unattended) {
    const result = resultOf(measurement);
    const resultScope =
      result === null ? scope : { ...scope, result: { uses: step.uses, value: result } };
    const when = step.watch.giveUpWhen;
    const givenUp = when === null ? null : condition(when, resultScope);
    const watched = afterSample({
      verdict,
      at: turn.at,
      passingSince: activity.passingSince,
      giveUpAt: giveUpAt(run, incident, step, visit),
      everyMs: Math.max(shortestEveryMs, durationOf(step.watch.every, scope, 10_000)),
      holdMs: durationOf(step.watch.hold, scope, 0),
      givenUp: givenUp?.ok === true && givenUp.value,
    });
    turn.emit({
      ...base,
      verdict: watched.verdict,
      summary: watched.short === null ? why : `${why}; ${watched.short}`,
      next:
        watched.nextAt === null
          ? null
          : { at: watched.nextAt, sample: activity.sample + 1, attempt: 1 },
      passingSince: watched.passingSince,
    });
    return;
  }

  const againInMs = measureAgainInMs(step, scope, measurement, activity.attempt);
  turn.emit({
    ...base,
    verdict,
    summary: why,
    next:
      againInMs === null
        ? null
        : {
            at: later(turn.at, againInMs),
            sample: activity.sample,
            attempt: activity.attempt + 1,
          },
    passingSince: null,
  });
}

/** How long to wait before measuring again; null when this was the last attempt. */
export function measureAgainInMs(
  { retry }: Step,
  scope: Scope,
  measurement: MeasurementRecord,
  attempt: number,
): number | null {
  const again = measurement.kind === 'unavailable' && measurement.retry;
  const { attempts } = retry ?? defaultRetry;
  return again && attempt < attempts ? retryInMs(retry ?? defaultRetry, scope, attempt) : null;
}

/** How long to wait after an attempt that failed: twice as long after each. */
export function retryInMs({ backoff }: Retry, scope: Scope, attempt: number): number {
  return durationOf(backoff, scope, parseDuration(defaultRetry.backoff) ?? 0) * 2 ** (attempt - 1);
}

/** How long one attempt at a read may take. */
export function attemptTimeoutMs(step: Step, scope: Scope): number {
  return step.timeout === null ? readTimeoutMs : durationOf(step.timeout, scope, readTimeoutMs);
}

/** Ends the visit when the last of its activities is done. */
export function finishRead(turn: Turn, runId: string, visit: StepVisit): void {
  const run = turn.run(runId);
  const step = stepOf(run.document.runbook, visit.step);
  const lasts = visit.activities.flatMap(({ last }) =>
    last === null || last.measurement.kind === 'skipped' ? [] : [last],
  );

  if (step.uses === 'parallel') {
    const { verdict, why } = judgeChildren(lasts.map((last) => last.verdict));
    finish(turn, runId, visit, {
      actor: bot,
      status: 'succeeded',
      outcome: verdict,
      verdict,
      text: why,
    });
    return;
  }

  const [last] = lasts;
  if (last === undefined) return;
  const result = resultOf(last.measurement);
  finish(turn, runId, visit, {
    actor: bot,
    status: result === null ? 'failed' : 'succeeded',
    outcome: last.verdict,
    verdict: last.verdict,
    text: last.summary,
    ...(result !== null && { result }),
  });
}

/** When a watch gives up, whatever it has seen. */
export function giveUpAt(
  run: Run,
  incident: Incident | null,
  step: Step,
  visit: StepVisit,
): string {
  const scope = scopeOf(run, incident);
  return later(visit.enteredAt, durationOf(step.watch?.giveUpAfter ?? '0s', scope, 0));
}

export function durationOf(text: string, scope: Scope, otherwise: number): number {
  return parseDuration(hasTemplate(text) ? renderText(text, scope) : text) ?? otherwise;
}

export function later(at: string, ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString();
}

/** The verdict of a `parallel` from those of its children; the ones that were left out are not among them. */
export function judgeChildren(verdicts: readonly Verdict[]): Judgement {
  const verdict = worst(verdicts);
  const all = verdicts.length;
  const such = verdicts.filter((one) => one === verdict).length;
  if (all === 0) return { verdict, why: 'nothing to check' };
  switch (verdict) {
    case 'fail':
      return { verdict, why: `${such} of ${all} checks found a problem` };
    case 'inconclusive':
      return { verdict, why: `${such} of ${all} checks have no data` };
    case 'pass':
      return { verdict, why: `all ${all} checks are OK` };
    default:
      return verdict satisfies never;
  }
}
