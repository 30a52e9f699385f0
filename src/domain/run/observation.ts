import type { Incident } from '#domain/incident/state.ts';
import { objectOf, type JsonObject } from '#domain/json.ts';

import type { RunEvent } from './events.ts';
import { later, requestOf } from './read.ts';
import type { Run, StepVisit } from './state.ts';
import { findStep, stepOf } from './structure.ts';

/**
 * Which metric a run is about, and when it is worth being recorded as a curve: whenever somebody is
 * asked, when a watch sees the first healthy sample, and when it is over. Each such moment has a name
 * and is recorded once; one that has been overtaken by the next is left out. Where the metrics give no
 * answer it is asked for again, a few times.
 */

export type Observation = { step: string; visit: number; moment: string; with: JsonObject } & {
  /** Of a try again: the number of those that failed, and when it is due. */
  again: { failed: number; runAt: string } | null;
};

const againAfterMs = [2_000, 10_000, 30_000, 120_000] as const;

/** What is to be recorded now, or null. */
export function dueObservation(run: Run, incident: Incident | null): Observation | null {
  if (run.end !== null || run.parent !== null || run.unattended) return null;
  const subject = watchedMetric(run);
  const moment = momentOf(run);
  const activity = subject?.activities[0];
  if (!subject || !activity || moment === null || run.observed.moments.includes(moment)) {
    return null;
  }
  const request = requestOf(run, incident, subject, activity);
  const { step, visit } = subject;
  return request.ok
    ? { step, visit, moment, with: request.value, again: again(run, moment) }
    : null;
}

function again({ observed: { missed } }: Run, moment: string): Observation['again'] {
  if (missed?.moment !== moment) return null;
  const { failed, at } = missed;
  return { failed, runAt: later(at, againAfterMs[failed - 1] ?? 0) };
}

/** The moment is over with its curve, and without one when it was asked for often enough. */
export function observedAfter(
  { moments, last, missed }: Run['observed'],
  { at, moment, series, step }: Extract<RunEvent, { type: 'SeriesObserved' }>,
): Run['observed'] {
  const over = { moments: [...moments, moment], missed: null };
  if (series.kind === 'observed') return { ...over, last: { ...series, step } };
  const failed = missed?.moment === moment ? missed.failed + 1 : 1;
  return failed > againAfterMs.length
    ? { ...over, last }
    : { moments, last, missed: { moment, failed, at } };
}

/** The metric that is or was watched, else the first one that found the problem. */
function watchedMetric(run: Run): StepVisit | null {
  const visits = Object.values(run.steps)
    .filter(({ step }) => findStep(run.document.runbook, step)?.uses === 'check.metric')
    .toSorted((one, other) => one.order - other.order);
  const watched = visits.findLast((visit) => isWatch(run, visit));
  return watched ?? visits.find(({ finished }) => finished?.verdict === 'fail') ?? null;
}

function momentOf(run: Run): string | null {
  const { position } = run;
  if (position.kind === 'start') return null;
  if (position.kind === 'ask') return `ask:${position.step}:${position.since}`;
  const here = position.steps.flatMap((id) => run.steps[id] ?? []);
  const asking = here.find(({ finished, wait }) => finished === null && wait !== null);
  if (asking) return `ask:${asking.step}:${asking.visit}`;
  const watches = Object.values(run.steps).filter((visit) => isWatch(run, visit));
  const [newest] = watches.toSorted((one, other) => other.order - one.order);
  if (newest === undefined) return null;
  if (newest.finished !== null) return `watched:${newest.step}:${newest.visit}`;
  return newest.activities.some(({ passingSince }) => passingSince !== null)
    ? `healthy:${newest.step}:${newest.visit}`
    : null;
}

function isWatch(run: Run, visit: StepVisit): boolean {
  return stepOf(run.document.runbook, visit.step).watch !== null;
}

/** The suspect's deployment where one was found, else the beginning of the trouble as it was reported. */
export function troubleBeganAt(run: Run): string {
  const [deploy] = suspectsOf(run).map(({ at }) => at);
  return deploy !== undefined && deploy < run.since ? deploy : run.since;
}

/** The deployments that a run suspects, the oldest first. */
export function suspectsOf(run: Run): { build: string; at: string }[] {
  return Object.values(run.steps)
    .flatMap(({ step, finished }) => {
      const lists = findStep(run.document.runbook, step)?.uses === 'deploys.list';
      const { build, at } = lists ? objectOf(finished?.result?.['suspect']) : {};
      return typeof build === 'string' && typeof at === 'string' && !Number.isNaN(Date.parse(at))
        ? [{ build, at: new Date(at).toISOString() }]
        : [];
    })
    .toSorted((one, other) => one.at.localeCompare(other.at));
}
