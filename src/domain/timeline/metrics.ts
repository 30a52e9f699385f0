import type { Run, StepVisit } from '#domain/run/state.ts';
import { emptyStream, evolve, type Stream } from '#domain/stream/stream.ts';

import { incidentMoments } from './moments.ts';
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
  /** To the first healthy sample after a write, as `healthyAfterWrite` takes it. */
  mitigate: number | null;
  resolve: number | null;
  /** While a question, an approval or an ask was open, whatever else ran. */
  waitingForPeople: number;
  /** While a run was under way and waited for nobody. */
  waitingForMachines: number;
};

/** Of an incident, or of a run outside of one: that one has no declaration and no resolution. */
export function incidentMetrics(events: readonly RecordedEvent[]): Metrics {
  const { started, detected, acknowledged, mitigated, resolved } = incidentMoments(events);
  const to = (at: string | null) =>
    at === null || started.at === null ? null : Math.max(0, secondsBetween(started.at, at));
  const chosen = events.find(({ event }) => event.type === 'Chosen')?.event.at ?? null;
  const waits = waitsIn(events);
  return {
    detect: to(detected.at),
    acknowledge: to(acknowledged.at),
    diagnose: to(chosen),
    mitigate: to(mitigated.at),
    resolve: to(resolved.at),
    waitingForPeople: waits.people / 1_000,
    waitingForMachines: waits.machines / 1_000,
  };
}

function waitsIn(events: readonly RecordedEvent[]) {
  const waits = { people: 0, machines: 0 };
  let stream = emptyStream('');
  let since: string | null = null;
  for (const { event } of events) {
    if (since !== null) {
      const passed = Math.max(0, Date.parse(event.at) - Date.parse(since));
      if (waitsForPeople(stream)) waits.people += passed;
      else if (isUnderWay(stream)) waits.machines += passed;
    }
    stream = evolve(stream, event);
    // What happened earlier may be written down later; that time was counted.
    if (since === null || event.at > since) since = event.at;
  }
  return waits;
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
