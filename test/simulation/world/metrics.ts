import type { Metrics, Sample } from '#ports/metrics.ts';
import { PortError } from '#ports/port-error.ts';
import type { Line } from '#test/simulation/engine/line.ts';
import type { Machine } from '#test/simulation/engine/machine.ts';
import type { Random } from '#test/simulation/engine/random.ts';
import type { Schedule } from '#test/simulation/engine/schedule.ts';

/** A store of metrics that knows how checkout does, as long as it knows anything. */
export type MetricsStore = {
  metricsOf(machine: Machine): Metrics;
  /** Every number that it ever gave. */
  given: ReadonlySet<number>;
};

type Mood = 'tells' | 'noSeries' | 'notANumber' | 'manySeries' | 'fails' | 'silent';

export function createMetricsStore(deps: {
  schedule: Schedule;
  random: Random;
  line: Line;
  isFoul: () => boolean;
  isBroken: () => boolean;
  /** Share of the questions that get no useful answer while times are bad, and that flap. */
  vanishes: number;
  flaps: number;
}): MetricsStore {
  const { random, line, isFoul, isBroken, vanishes, flaps } = deps;
  const given = new Set<number>();

  function mood(): Mood {
    if (!isFoul() || !random.chance(vanishes)) return 'tells';
    const moods = ['noSeries', 'notANumber', 'manySeries', 'fails', 'silent'] as const;
    return random.pick(moods) ?? 'fails';
  }

  function rate(): number {
    const flips = isFoul() && random.chance(flaps);
    const broken = isBroken() !== flips;
    // Each number is its own, so that a record can be held against what was given.
    const value = (broken ? 0.2 + random.unit() * 0.3 : random.unit() * 0.02) + 1e-9 * given.size;
    given.add(value);
    return value;
  }

  function answer(now: Mood): readonly Sample[] {
    switch (now) {
      case 'tells':
        return [{ labels: {}, value: rate() }];
      case 'noSeries':
        return [];
      case 'notANumber':
        return [{ labels: {}, value: Number.NaN }];
      case 'manySeries':
        return [
          { labels: { pod: 'a' }, value: 0 },
          { labels: { pod: 'b' }, value: 0.4 },
        ];
      default:
        throw new PortError('metrics.unavailable', 'The metrics do not answer.', { retry: true });
    }
  }

  return {
    given,
    metricsOf: (machine) => ({
      query(_connection, _query, { signal }) {
        const now = mood();
        return now === 'silent'
          ? machine.call({ ...line, journey: silence }, 'query', () => [], signal)
          : machine.call(line, 'query', () => answer(now), signal);
      },
      range(_connection, _query, { from, to }, { signal }) {
        const now = mood();
        const points = () =>
          answer(now).map(({ labels, value }) => ({
            labels,
            points: [from, to].map((at) => ({ at, value })),
          }));
        return now === 'silent'
          ? machine.call({ ...line, journey: silence }, 'range', () => [], signal)
          : machine.call(line, 'range', points, signal);
      },
    }),
  };
}

/** Nothing comes before the caller's own deadline. */
function silence() {
  return { there: null, back: 60 * 60_000, answered: false };
}
