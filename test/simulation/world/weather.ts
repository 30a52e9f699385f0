import type { Trouble } from '#test/simulation/engine/machine.ts';
import type { Random } from '#test/simulation/engine/random.ts';

import type { Manners } from './deploy-api.ts';
import { bare, documents } from './scenery.ts';

/**
 * What is bad about the times of a seed. Each seed has some troubles and is free of others: where
 * everything fails at once, little gets so far that it could go wrong.
 */
export type Weather = {
  replicas: number;
  foulMs: number;
  /** Share of calls that a process dies of. */
  crashes: number;
  /** How often one dies, sleeps or is deployed anew, on the way; 0: never. */
  killEveryMs: number;
  sleepEveryMs: number;
  deployAnew: boolean;
  skewMs: number;
  /** How long a job may wait for a worker. */
  busyMs: number;
  /** Share of the effects that two have in hand at once. */
  doubles: number;
  /** Share of calls that are lost, whose answers are lost, that are slow. */
  database: Troubles;
  chat: Troubles;
  platform: Troubles;
  metrics: Troubles;
  directory: Troubles;
  manners: Manners;
  vanishes: number;
  flaps: number;
  limits: number;
  blindMs: number;
  /** Of messages to us. */
  repeats: number;
  mischief: number;
  byHand: 'nothing' | 'deploy' | 'rollback';
  /** An alert fires, or Ana starts a runbook outside of an incident. */
  begins: 'alert' | 'run';
  /** Whose alert fires, and how severe it is; a `warn` only suggests an incident. */
  runbook: string;
  severity: 'page' | 'warn';
  /** Whether another alert fires, too; `atOnce`: within the same seconds. */
  second: 'no' | 'later' | 'atOnce';
  leaves: boolean;
  /** How long nobody looks at Slack from some moment on. */
  awayMs: number;
  /** So often as usual people look at Slack. */
  haste: number;
  /** Whether nobody chooses but what is recommended, or else what comes first. */
  follows: boolean;
  /** What befalls one call, by its number from 1, whatever the times. */
  fault: { call: number; trouble: Trouble } | null;
};

export type Troubles = { loses: number; losesAnswers: number; slows: number };

export function drawWeather(random: Random): Weather {
  const often = (...rates: readonly number[]) => random.pick(rates) ?? 0;
  const troubles = (): Troubles => ({
    loses: often(0, 0, 0.02, 0.1),
    losesAnswers: often(0, 0, 0.02, 0.1),
    slows: often(0, 0.05, 0.2),
  });
  const rarely = (): Troubles => ({
    loses: often(0, 0, 0.005, 0.02),
    losesAnswers: often(0, 0, 0.005, 0.02),
    slows: often(0, 0.02, 0.1),
  });
  const honoursKeys = random.chance(0.75);
  const weather: Weather = {
    replicas: random.whole(2, 3),
    foulMs: 30_000 + random.unit() * random.unit() * 120_000,
    crashes: often(0, 0, 0.001, 0.004),
    killEveryMs: often(0, 0, 40_000, 20_000),
    sleepEveryMs: often(0, 0, 40_000),
    deployAnew: random.chance(0.1),
    // A platform without keys is safe as far as clocks and requests stay within the margin.
    skewMs: honoursKeys ? often(0, 300, 3_000) : often(0, 300),
    busyMs: often(6, 500, 1_500),
    doubles: often(0, 0, 0.3),
    database: rarely(),
    chat: troubles(),
    platform: troubles(),
    metrics: troubles(),
    directory: rarely(),
    manners: {
      honoursKeys,
      refuses: often(0, 0, 0.3),
      fails: often(0, 0, 0.3),
      lates: 0.1,
      lateMs: honoursKeys ? often(1_000, 20_000) : 1_000,
    },
    vanishes: often(0, 0.2, 0.6),
    flaps: often(0, 0, 0.2),
    limits: often(0, 0.3),
    blindMs: often(0, 0, 2_000),
    repeats: often(0, 0.1, 0.4),
    mischief: often(0, 0.1, 0.3),
    byHand: random.pick(['nothing', 'nothing', 'deploy', 'rollback']) ?? 'nothing',
    begins: 'alert',
    runbook: random.pick(documents)?.runbook.id ?? '',
    severity: random.chance(0.85) ? 'page' : 'warn',
    second: random.chance(0.1) ? (random.pick(['later', 'atOnce']) ?? 'no') : 'no',
    leaves: random.chance(0.15),
    awayMs: random.chance(0.05) ? 16 * 60_000 : 0,
    haste: 1,
    follows: false,
    fault: null,
  };
  const size = random.unit();
  if (size < 0.07) return weather;
  if (size < 0.2) return { ...weather, ...drawSmall(random) };
  const begins = size < 0.4 ? { runbook: bare } : ({ begins: 'run' } as const);
  return { ...weather, ...drawSmall(random), ...drawTiny(random), ...begins };
}

/** Many worlds are small: one alert, two replicas, bad times that are soon over. */
function drawSmall(random: Random): Partial<Weather> {
  return {
    replicas: 2,
    foulMs: 12_000 + random.unit() * 18_000,
    busyMs: random.pick([500, 1_500]) ?? 0,
    severity: 'page',
    second: 'no',
    mischief: random.pick([0, 0, 0.1]) ?? 0,
    awayMs: 0,
  };
}

/** Most are tiny: an incident without a runbook, or a run of a step or two without an incident. */
function drawTiny(random: Random): Partial<Weather> {
  return {
    foulMs: 6_000 + random.unit() * 12_000,
    killEveryMs: random.pick([0, 0, 15_000, 8_000]) ?? 0,
    sleepEveryMs: random.pick([0, 0, 15_000]) ?? 0,
    haste: 2,
  };
}
