import type { Incident } from '#domain/incident/state.ts';
import type { Verdict } from '#domain/run/events.ts';
import { isOld } from '#domain/run/freshness.ts';
import { readingText } from '#domain/run/judge.ts';
import { durationOf } from '#domain/run/read.ts';
import { scopeOf } from '#domain/run/scope.ts';
import type { Activity, Run, StepVisit, WriteState } from '#domain/run/state.ts';
import { stepOf } from '#domain/run/structure.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import type { StepLine, StepMark } from '#ports/chat-messages.ts';

import { personOf } from './drawing.ts';

const ofVerdict = { pass: 'ok', fail: 'problem', inconclusive: 'noData' } as const;

/** The steps that were visited, in the order of their last visit, then what is still ahead is left to the runbook. */
export function stepLines(run: Run, around: Around): StepLine[] {
  return Object.values(run.steps)
    .toSorted((one, other) => one.order - other.order)
    .map((visit) => stepLine(run, visit, around));
}

type Around = { now: string; incident: Incident | null };

function stepLine(run: Run, visit: StepVisit, { now, incident }: Around): StepLine {
  const step = stepOf(run.document.runbook, visit.step);
  return {
    id: step.id,
    title: step.title,
    mark: markOf(visit),
    text: textOf(step, visit),
    stale: visit.finished?.verdict != null && isOld(run, visit, now),
    at: visit.finished?.at ?? visit.enteredAt,
    stamps: visit.stamps.map(({ what, by, at, reason }) => ({
      what,
      by: personOf(by),
      at,
      reason,
    })),
    children: step.uses === 'parallel' ? childLines(step, visit) : [],
    holds: holdsOf(run, incident, step, visit, now),
  };
}

function holdsOf(
  run: Run,
  incident: Incident | null,
  { watch }: Step,
  visit: StepVisit,
  now: string,
): StepLine['holds'] {
  if (watch === null || visit.finished !== null || run.unattended) return null;
  const of = durationOf(watch.hold, scopeOf(run, incident), 0);
  const since = visit.activities[0]?.passingSince ?? null;
  const held = since === null ? 0 : Date.parse(now) - Date.parse(since);
  return { seconds: Math.floor(Math.min(Math.max(held, 0), of) / 1_000), of: of / 1_000 };
}

function markOf(visit: StepVisit): StepMark {
  const { finished } = visit;
  if (finished === null) {
    const asks = visit.wait !== null || visit.write?.phase === 'approving';
    return asks ? 'waiting' : 'running';
  }
  if (finished.verdict !== null) return ofVerdict[finished.verdict];
  switch (finished.status) {
    case 'succeeded':
      return 'done';
    case 'timedOut':
      return 'failed';
    case 'failed':
    case 'skipped':
    case 'cancelled':
    case 'unknown':
      return finished.status;
    default:
      return finished.status satisfies never;
  }
}

function textOf(step: Step, visit: StepVisit): string {
  if (visit.finished !== null) {
    const { finding, reason } = visit.finished;
    return reason === null ? finding : `${finding}: ${reason}`;
  }
  if (visit.write !== null) return writeText(visit, visit.write);
  const last = visit.activities[0]?.last;
  if (visit.activities.length !== 1 || !last) return '';
  const { measurement, summary } = last;
  return measurement.kind === 'measured' ? readingText(step, step.with, measurement) : summary;
}

function writeText({ failures }: StepVisit, write: WriteState): string {
  switch (write.phase) {
    case 'planning':
      return write.round === 1 ? 'Making the plan' : 'The world has changed; making a new plan';
    case 'planned':
      return 'Planned';
    case 'approving':
      return 'Waiting for approval';
    case 'approved':
      if (write.notBefore !== null) return `${failures.at(-1)}; trying again`;
      return write.brokenGlass ? 'Going ahead: the glass was broken' : 'Approved; starting';
    case 'acting':
      return write.progress ?? 'Starting';
    default:
      return write satisfies never;
  }
}

/** One line says enough of checks that are all OK; what is not is shown one by one. */
function childLines(step: Step, visit: StepVisit): StepLine[] {
  if (visit.finished?.verdict === 'pass') return [];
  return visit.activities.map((activity) => childLine(step, activity));
}

function childLine(parent: Step, activity: Activity): StepLine {
  const child = parent.steps.find((step) => step.id === activity.step);
  const verdict: Verdict | null = activity.done ? (activity.last?.verdict ?? null) : null;
  const item = activity.item === null ? '' : ` ${itemText(activity.item)}`;
  return {
    id: activity.path,
    title: `${child?.title ?? activity.step}${item}`,
    mark: verdict === null ? 'running' : ofVerdict[verdict],
    text: activity.last?.summary ?? '',
    stale: false,
    at: activity.last?.at ?? null,
    stamps: [],
    children: [],
    holds: null,
  };
}

function itemText(item: Activity['item']): string {
  return typeof item === 'string' ? item : JSON.stringify(item);
}
