import { percentile } from '#test/storm/alert-storm.ts';

import type { Deed } from './mischief.ts';
import type { Round } from './round.ts';

/** Take-overs that took too long while nothing was wrong but that replicas were killed. */
export function lateTakeOvers({ takeOvers }: Round, mostMs: number): string[] {
  return takeOvers
    .filter(({ ms, disturbed }) => !disturbed && ms > mostMs)
    .map(({ what, ms }) => `a ${what} went on only after ${seconds(ms)}`);
}

/** All that was done and seen, in one line. */
export function figuresOf(rounds: readonly Round[]): string {
  const did = (deed: Deed) => rounds.flatMap(({ deeds }) => deeds).filter((one) => one === deed);
  const sum = (count: (round: Round) => number) =>
    rounds.reduce((all, round) => all + count(round), 0);
  const takeOvers = rounds.flatMap((round) => round.takeOvers);
  const sorted = (disturbed: boolean) =>
    takeOvers
      .filter((one) => one.disturbed === disturbed)
      .map(({ ms }) => ms)
      .toSorted((one, other) => one - other);
  const [calm, rough] = [sorted(false), sorted(true)];
  return [
    `kills: ${did('kill').length}, sleepers: ${did('sleep').length}`,
    `restarts of PostgreSQL: ${did('restart').length}, cuts: ${did('cut').length}`,
    `black holes: ${did('swallow').length}, without names: ${did('nameless').length}`,
    `incidents: ${sum(({ incidents }) => incidents)}, opened again: ${sum(({ reopened }) => reopened)}`,
    `rollbacks: ${sum(({ rollbacks }) => rollbacks)}`,
    `acknowledged: ${sum(({ alerts }) => alerts)} alerts, ${sum(({ presses }) => presses)} presses, ${sum(({ notes }) => notes)} notes`,
    `set aside: ${sum(({ setAside }) => setAside)}`,
    `lost, doubled, stuck or broken: ${sum(({ violations }) => violations.length)}`,
    `taken over: ${calm.length}, p99: ${seconds(percentile(calm, 0.99))}, at most: ${seconds(calm.at(-1) ?? 0)}`,
    `with more wrong than kills: ${rough.length}, at most: ${seconds(rough.at(-1) ?? 0)}`,
  ].join(', ');
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
