import { parseDuration } from '#domain/duration.ts';
import { condition, evaluate, renderText } from '#domain/expressions/evaluate.ts';
import { stepsReadBy } from '#domain/expressions/references.ts';
import type { Evaluated } from '#domain/expressions/scope.ts';
import { bot } from '#domain/ids.ts';
import type { Incident } from '#domain/incident/state.ts';
import { isJsonArray, type Json, type JsonObject } from '#domain/json.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import type { Turn } from '#domain/stream/turn.ts';

import type { MeasurementRecord } from './events.ts';
import { finish } from './finish.ts';
import { inputsOf } from './inputs-of-step.ts';
import { judge } from './judge.ts';
import { resultOf, scopeOf, scopeOfActivity } from './scope.ts';
import type { Activity, Run, StepVisit } from './state.ts';
import { stepOf } from './structure.ts';
import { worst } from './verdict.ts';
import { afterSample } from './watch.ts';

/** How steps that only look come to their verdict: attempts, samples, children. */

const readAttempts = { attempts: 3, backoffMs: 1_000 };
/** `every: 0s` must not become a loop without a pause. */
const shortestEveryMs = 100;

export type Expansion = { activities: Pick<Activity, 'path' | 'step' | 'item'>[] };

/** What a read has to measure; an error where the items of `foreach` can't be told. */
export function activitiesOf(run: Run, turn: Turn, step: Step): Evaluated<Expansion> {
  if (step.uses !== 'parallel') {
    return { ok: true, value: { activities: [{ path: step.id, step: step.id, item: null }] } };
  }
  const items = step.foreach === null ? [null] : itemsOf(run, turn, step.foreach.list);
  if ('error' in items) return { ok: false, error: items.error };
  const activities = items.flatMap((item) =>
    step.steps.map((child) => ({
      path:
        step.foreach === null ? `${step.id}.${child.id}` : `${step.id}[${label(item)}].${child.id}`,
      step: child.id,
      item,
    })),
  );
  return { ok: true, value: { activities } };
}

function itemsOf(run: Run, turn: Turn, list: string): readonly Json[] | { error: string } {
  const found = evaluate(list, scopeOf(run, turn.stream().incident));
  if (!found.ok) return { error: `foreach: ${found.error}` };
  if (!isJsonArray(found.value)) return { error: 'foreach: not a list' };
  const labels = found.value.map(label);
  const twice = labels.find((one, index) => labels.indexOf(one) !== index);
  return twice === undefined ? found.value : { error: `foreach: ${twice} is in the list twice` };
}

function label(item: Json): string {
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
      label(other.item) !== label(activity.item) ||
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

  const attempts = step.retry?.attempts ?? readAttempts.attempts;
  const again =
    measurement.kind === 'unavailable' && measurement.retry && activity.attempt < attempts;
  const backoffMs =
    step.retry === null ? readAttempts.backoffMs : durationOf(step.retry.backoff, scope, 1_000);
  turn.emit({
    ...base,
    verdict,
    summary: why,
    next: again
      ? {
          at: later(turn.at, backoffMs * 2 ** (activity.attempt - 1)),
          sample: activity.sample,
          attempt: activity.attempt + 1,
        }
      : null,
    passingSince: null,
  });
}

/** Ends the visit when the last of its activities is done. */
export function finishRead(turn: Turn, runId: string, visit: StepVisit): void {
  const run = turn.run(runId);
  const step = stepOf(run.document.runbook, visit.step);
  const lasts = visit.activities.flatMap(({ last }) =>
    last === null || last.measurement.kind === 'skipped' ? [] : [last],
  );

  if (step.uses === 'parallel') {
    const verdict = worst(lasts.map((last) => last.verdict));
    const problems = lasts.filter((last) => last.verdict === 'fail').length;
    const silent = lasts.filter((last) => last.verdict === 'inconclusive').length;
    finish(turn, runId, visit, {
      actor: bot,
      status: 'succeeded',
      outcome: verdict,
      verdict,
      text: summaryOfChildren(lasts.length, problems, silent),
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

export function durationOf(
  text: string,
  scope: Parameters<typeof renderText>[1],
  otherwise: number,
): number {
  return parseDuration(renderText(text, scope)) ?? otherwise;
}

export function later(at: string, ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString();
}

function summaryOfChildren(all: number, problems: number, silent: number): string {
  if (all === 0) return 'nothing to check';
  if (problems > 0) return `${problems} of ${all} checks found a problem`;
  if (silent > 0) return `${silent} of ${all} checks have no data`;
  return `all ${all} checks are OK`;
}
