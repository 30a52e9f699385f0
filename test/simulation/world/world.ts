import type { Ids } from '#ports/ids.ts';
import type { Log } from '#ports/log.ts';
import { createMachine } from '#test/simulation/engine/machine.ts';
import { createRandom, type Random } from '#test/simulation/engine/random.ts';
import { createSchedule, type Schedule } from '#test/simulation/engine/schedule.ts';

import { createAlertmanager, type Alertmanager } from './alertmanager.ts';
import { createDatabase, type Database } from './database.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { createDeployApi, type DeployApi } from './deploy-api.ts';
import { ben, createDirectory, type Directory } from './directory.ts';
import { createHooks, type Hooks } from './hooks.ts';
import { createLines } from './lines.ts';
import { createMetricsStore, type MetricsStore } from './metrics.ts';
import { peopleAt } from './people.ts';
import { startReplica, type Replica } from './replica.ts';
import { alertOf, bare, documents } from './scenery.ts';
import { createSlack, type Slack } from './slack.ts';
import { createStarter, type Starter } from './starter.ts';
import { createTargets, type Targets } from './targets.ts';
import { drawWeather, type Weather } from './weather.ts';

/** All that is around a process of the product. */
export type Surrounding = {
  database: Database;
  slack: Slack;
  platform: DeployApi;
  metrics: MetricsStore;
  directory: Directory;
  hooks: Hooks;
  targets: Targets;
  log: Log;
  ids: Ids;
};

/** The world of a seed, as it is at the end. */
export type World = Surrounding & {
  weather: Weather;
  schedule: Schedule;
  deliveries: Deliveries;
  alertmanager: Alertmanager;
  /** Faults of our own that the product has met, in words. */
  surprises: readonly string[];
  /** Every call of every process, in their order. */
  calls: readonly Call[];
  /** Whether everything came to its end in time. */
  ended: boolean;
};

export type Call = { line: string; what: string };

export const epochMs = Date.parse('2026-11-24T03:00:00.000Z');

/** From when times are good, everything must have ended after this. */
const endsWithinMs = 40 * 60_000;
/** Then, what is on its way arrives. */
const settlesMs = 60_000;

export async function runWorld(
  seed: number,
  note: ((line: string) => void) | null,
  given: Partial<Weather> = {},
): Promise<World> {
  const random = createRandom(seed);
  const schedule = createSchedule();
  const weather = { ...drawWeather(random.fork()), ...given };
  const isFoul = () => schedule.now() < weather.foulMs;
  const say = (who: string, what: string) =>
    note?.(`${(schedule.now() / 1_000).toFixed(3)} ${who} ${what}`);
  const lines = createLines(weather, random, isFoul);
  const replicas: Replica[] = [];
  const surprises: string[] = [];
  const dice = random.fork();

  const common = { schedule, epochMs, isFoul };
  const database = createDatabase({
    ...common,
    random: random.fork(),
    line: lines.database,
    quietLine: lines.quiet,
    surprise: (what) => surprises.push(what),
    busyMs: weather.busyMs,
    doubles: () => isFoul() && dice.chance(weather.doubles),
  });
  const slack = createSlack({ ...common, ...weather, random: random.fork(), line: lines.chat });
  const platform = createDeployApi({
    ...common,
    random: random.fork(),
    line: lines.platform,
    manners: weather.manners,
  });
  const metrics = createMetricsStore({
    ...common,
    ...weather,
    random: random.fork(),
    line: lines.metrics,
    isBroken: () => platform.isBroken(),
  });
  const directory = createDirectory({ schedule, line: lines.directory });
  const hooks = createHooks({ line: lines.platform });
  const targets = createTargets({ line: lines.metrics, isBroken: () => platform.isBroken() });
  const alive = () => replicas.filter(({ machine }) => machine.isAlive());
  const { repeats, mischief } = weather;
  const deliveries = createDeliveries({
    ...common,
    random: random.fork(),
    replicas: alive,
    isUnfinished: () => [...database.inbox.values()].some((row) => database.isWanted(row)),
    repeats,
  });
  const alertmanager = createAlertmanager({
    ...common,
    ...weather,
    random: random.fork(),
    replicas: alive,
  });
  const starter = createStarter({ schedule, random: random.fork(), replicas: alive });
  const around: Surrounding = {
    database,
    slack,
    platform,
    metrics,
    directory,
    hooks,
    targets,
    log: {
      info: () => {},
      warn: (fields, message) => say('log', `${message} ${errorIn(fields)}`),
      error: (fields, message) => say('log', `${message} ${errorIn(fields)}`),
    },
    ids: createIds(),
  };

  const luck = random.fork();
  const calls: Call[] = [];
  let lives = 0;

  function start(name: string): void {
    lives += 1;
    const machine = createMachine(
      {
        schedule,
        epochMs,
        note: say,
        trouble(line, what) {
          calls.push({ line: line.name, what });
          if (weather.fault?.call === calls.length) return weather.fault.trouble;
          if (!isFoul() || !luck.chance(weather.crashes)) return null;
          return luck.chance(0.5) ? 'dies' : 'diesAfter';
        },
      },
      {
        name: `${name}${lives}`,
        skewMs: Math.round((luck.unit() * 2 - 1) * weather.skewMs),
        onDeath() {
          replicas.splice(replicas.indexOf(replica), 1);
          database.queue.silent(machine);
          schedule.after(500 + luck.unit() * 6_000, () => start(name));
        },
        onSleep: () => database.queue.silent(machine),
        onWake: (sleptMs) => database.queue.heard(machine, sleptMs),
      },
    );
    const replica = startReplica(machine, around);
    replicas.push(replica);
  }

  for (const name of ['a', 'b', 'c'].slice(0, weather.replicas)) start(name);
  befall({ schedule, random: random.fork(), weather, isFoul, replicas: alive });
  happen({ schedule, random: random.fork(), weather, platform, directory, alertmanager, starter });
  const people = peopleAt({
    ...common,
    random: random.fork(),
    slack,
    deliveries,
    records: database.records,
    quietMs: () => schedule.now() - weather.foulMs - weather.awayMs,
    mischief,
    awayMs: weather.awayMs,
    haste: weather.haste,
    follows: weather.follows,
  });
  people.begin();

  await schedule.run(weather.foulMs);
  let ended = false;
  const until = weather.foulMs + endsWithinMs;
  while (!ended && schedule.now() < until) {
    await schedule.run(schedule.now() + 10_000);
    ended = alertmanager.isDone() && starter.isDone() && isOver(database);
  }
  people.end();
  // What is on its way may yet arrive: it is over when nothing has come for a while.
  let commits = -1;
  while (commits !== database.commits.length && schedule.now() < until + endsWithinMs) {
    commits = database.commits.length;
    await schedule.run(schedule.now() + settlesMs);
  }
  return { ...around, weather, schedule, deliveries, alertmanager, surprises, calls, ended };
}

function isOver({ records }: Database): boolean {
  return records.streams({ prefix: '', open: true, limit: 1 }).length === 0;
}

/** What happens to the processes. */
function befall(given: {
  schedule: Schedule;
  random: Random;
  weather: Weather;
  isFoul: () => boolean;
  replicas: () => readonly Replica[];
}): void {
  const { schedule, random, weather, isFoul, replicas } = given;
  const now = (everyMs: number, strike: (replica: Replica) => void) => {
    if (everyMs === 0) return;
    schedule.after(everyMs * 2 * random.unit(), () => {
      if (!isFoul()) return;
      const replica = random.pick(replicas());
      if (replica !== undefined) strike(replica);
      now(everyMs, strike);
    });
  };
  now(weather.killEveryMs, ({ machine }) => machine.die());
  now(weather.sleepEveryMs, ({ machine }) => machine.sleep(1_000 + random.unit() * 30_000));
  if (weather.deployAnew) {
    schedule.after(random.unit() * weather.foulMs, () => {
      for (const [index, replica] of replicas().entries()) {
        schedule.after(index * 12_000, () => void replica.stop());
      }
    });
  }
}

/** What happens in the world. */
function happen(given: {
  schedule: Schedule;
  random: Random;
  weather: Weather;
  platform: DeployApi;
  directory: Directory;
  alertmanager: Alertmanager;
  starter: Starter;
}): void {
  const { schedule, random, weather, platform, directory, alertmanager, starter } = given;
  const { begins, runbook: first, severity } = weather;
  const names = documents.map(({ runbook }) => runbook.id);
  schedule.after(random.unit() * 3_000, () =>
    begins === 'run' ? starter.start(first) : alertmanager.fire(alertOf(first), severity),
  );
  if (weather.second !== 'no') {
    const others = [...names, bare].filter((name) => name !== first);
    const at = random.unit() * (weather.second === 'atOnce' ? 3_000 : weather.foulMs);
    schedule.after(at, () => alertmanager.fire(random.pick(others) ?? '', 'page'));
  }
  const midway = () => random.unit() * weather.foulMs;
  if (weather.byHand !== 'nothing') {
    const build = weather.byHand === 'deploy' ? '1843' : '1841';
    schedule.after(midway(), () => platform.deployByHand(build));
  }
  if (weather.leaves) {
    schedule.after(midway(), () => directory.leave(ben.id, 'payments-oncall'));
  }
}

function errorIn({ error, err }: Readonly<Record<string, unknown>>): string {
  const found = error ?? err;
  return found instanceof Error ? found.message : '';
}

function createIds(): Ids {
  let ids = 0;
  const next = () => String((ids += 1)).padStart(6, '0');
  return {
    incident: () => `inc-${next()}`,
    run: () => `run-${next()}`,
    token: () => `hrt_${next()}`,
  };
}
