import type { Run, StepVisit } from '#domain/run/state.ts';
import { findStep, isWrite } from '#domain/run/structure.ts';
import { emptyStream, evolve, type Stream, type StreamEvent } from '#domain/stream/stream.ts';

import type { RecordedEvent } from './recorded-event.ts';

/**
 * How long things took, in seconds. The first five count from the beginning of the trouble and are
 * null where it did not happen; the two waits are sums up to the last event of the record.
 */
export type Metrics = {
  /** To the declaration. */
  detect: number | null;
  /** To the first act of a person. */
  acknowledge: number | null;
  /** To the first choice. */
  diagnose: number | null;
  /** To the first healthy sample after a write; a check that was fine before it proves nothing. */
  mitigate: number | null;
  resolve: number | null;
  /** While a question, an approval or an ask was open, whatever else ran. */
  waitingForPeople: number;
  /** While a run was under way and waited for nobody. */
  waitingForMachines: number;
};

/** Of an incident, or of a run outside of one: that one has no declaration and no resolution. */
export function incidentMetrics(events: readonly RecordedEvent[]): Metrics {
  const start = startOf(events);
  const to = (at: string | null) =>
    at === null || start === null ? null : Math.max(0, secondsBetween(start, at));
  const first = (is: (event: StreamEvent) => boolean) =>
    to(events.find(({ event }) => is(event))?.event.at ?? null);

  const { stream, mitigatedAt, waits } = walk(events);
  return {
    detect: first(isDeclaration),
    acknowledge: first(({ actor }) => actor.kind === 'person'),
    diagnose: first(({ type }) => type === 'Chosen'),
    mitigate: to(mitigatedAt),
    resolve: to(stream.incident?.resolvedAt ?? null),
    waitingForPeople: waits.people / 1_000,
    waitingForMachines: waits.machines / 1_000,
  };
}

function startOf(events: readonly RecordedEvent[]): string | null {
  for (const { event } of events) {
    if (event.type === 'IncidentDeclared') return event.startedAt;
  }
  return events[0]?.event.at ?? null;
}

function isDeclaration(event: StreamEvent): boolean {
  return event.type === 'SuggestionTaken' || (event.type === 'IncidentDeclared' && event.declared);
}

function walk(events: readonly RecordedEvent[]) {
  const waits = { people: 0, machines: 0 };
  const fineBefore = new Set<string>();
  let stream = emptyStream('');
  let since: string | null = null;
  let written = false;
  let mitigatedAt: string | null = null;

  for (const { event } of events) {
    if (since !== null) {
      const passed = Math.max(0, Date.parse(event.at) - Date.parse(since));
      if (waitsForPeople(stream)) waits.people += passed;
      else if (isUnderWay(stream)) waits.machines += passed;
    }
    stream = evolve(stream, event);
    since = event.at;

    written ||= writes(event, stream);
    const check = checkOf(event, stream);
    if (check === null) continue;
    if (check.verdict !== 'pass') fineBefore.delete(check.id);
    else if (!written) fineBefore.add(check.id);
    else if (!fineBefore.has(check.id)) mitigatedAt ??= event.at;
  }
  return { stream, mitigatedAt, waits };
}

/** Sent, or found done: by its fallback, or by somebody else before. */
function writes(event: StreamEvent, stream: Stream): boolean {
  if (event.type === 'WriteStarted') return true;
  if (event.type !== 'StepFinished' || event.status !== 'succeeded') return false;
  const run = stream.runs[event.run];
  const step = run && run.mode !== 'dryRun' && findStep(run.document.runbook, event.step);
  return step ? isWrite(step) : false;
}

/** What a sample or the end of a check says. A `repeat` is the same check as its original. */
function checkOf(event: StreamEvent, stream: Stream) {
  if (event.type !== 'Measured' && event.type !== 'StepFinished') return null;
  const run = stream.runs[event.run];
  const step = run && findStep(run.document.runbook, event.step);
  if (!step || event.verdict === null) return null;
  // A child of `parallel` is no check of its own: the step as a whole says whether it is healthy.
  if (event.type === 'Measured' && event.path !== event.step) return null;
  return {
    id: `${run.document.runbook.id}.${step.repeats ?? step.id}`,
    verdict: event.verdict,
  };
}

function openRuns(stream: Stream): Run[] {
  return Object.values(stream.runs).filter(({ end }) => end === null);
}

function waitsForPeople(stream: Stream): boolean {
  if (stream.incident?.status === 'suggested' && openRuns(stream).length === 0) return true;
  return openRuns(stream).some(
    ({ position, steps }) =>
      position.kind === 'ask' ||
      position.kind === 'start' ||
      Object.values(steps).some((visit) => isActive(visit) && visit.wait !== null),
  );
}

function isUnderWay(stream: Stream): boolean {
  return openRuns(stream).some(({ steps }) => Object.values(steps).some(isActive));
}

function isActive(visit: StepVisit): boolean {
  return visit.finished === null;
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1_000;
}
