import { incidentMetrics, type Metrics } from '#domain/timeline/metrics.ts';
import { incidentMoments } from '#domain/timeline/moments.ts';
import type { RecordedEvent } from '#domain/timeline/recorded-event.ts';

import { problemsFound, type Found } from './found.ts';
import { turnsOf } from './turns.ts';
import { waitsOf, type Wait } from './waits.ts';
import { wrongTurnsOf, type WrongTurn } from './wrong-turns.ts';

type Milestones = Pick<Metrics, 'detect' | 'acknowledge' | 'diagnose' | 'mitigate' | 'resolve'>;
type Since<Part extends { at: string }> = Part & {
  /** After the fault. */
  seconds: number;
};

/** Public: fields may be added, never renamed. Seconds count from the fault. */
export type Debrief = {
  faultAt: string;
  found: readonly Since<Found>[];
  wrongTurns: readonly Since<WrongTurn>[];
  times: Milestones;
  waiting: { people: number; machines: number; on: readonly Wait[] };
};

/**
 * What is to be learnt from an incident when it is over: what was found when, which turns led
 * nowhere, and for whom was waited. `faultAt` is when it broke, where somebody knows, else the
 * beginning as it is recorded; `more` are wrong turns that the record does not know.
 */
export function debriefOf(
  events: readonly RecordedEvent[],
  { faultAt, more = [] }: { faultAt: string; more?: readonly WrongTurn[] },
): Debrief {
  const turns = turnsOf(events);
  const since = <Part extends { at: string }>(part: Part): Since<Part> => ({
    ...part,
    seconds: secondsBetween(faultAt, part.at),
  });
  const { waitingForPeople, waitingForMachines, ...milestones } = incidentMetrics(events);
  const startedAt = incidentMoments(events).started.at ?? faultAt;
  const later = (value: number | null) =>
    value === null ? null : value + secondsBetween(faultAt, startedAt);

  return {
    faultAt,
    found: problemsFound(turns).map(since),
    wrongTurns: [...wrongTurnsOf(turns), ...more]
      .toSorted((one, other) => one.at.localeCompare(other.at))
      .map(since),
    times: {
      detect: later(milestones.detect),
      acknowledge: later(milestones.acknowledge),
      diagnose: later(milestones.diagnose),
      mitigate: later(milestones.mitigate),
      resolve: later(milestones.resolve),
    },
    waiting: { people: waitingForPeople, machines: waitingForMachines, on: waitsOf(turns) },
  };
}

function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1_000);
}
