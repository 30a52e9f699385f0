import { setTimeout as wait } from 'node:timers/promises';

import { eventually } from '#test/practice/shop/eventually.ts';
import type { Random } from '#test/simulation/engine/random.ts';

import type { OwnServer } from './own-server.ts';
import { type Replica, ways } from './replica.ts';
import type { TakeOvers } from './take-overs.ts';

export const deeds = ['kill', 'sleep', 'restart', 'cut', 'swallow', 'nameless'] as const;
export type Deed = (typeof deeds)[number];

/** How many kills there are for one of the others. */
const killsFor = { sleep: 10, restart: 12, cut: 10, swallow: 8, nameless: 10 } as const;
/** Longer than until a sleeper is taken for dead. */
const sleepMs = { least: 9_000, most: 14_000 };
const swallowMs = { least: 2_000, most: 12_000 };
const deadMs = { least: 200, most: 3_000 };
/** Until what was in hand at the last of the kills that come alone is in other hands. */
const judgeMs = 10_000;
/** For a replica to start, on a busy machine. */
const longestMs = 180_000;
const senderMs = 6_000;
const pauseMs = { least: 2_600, most: 4_000 };

/**
 * So many kills. The first half of them come alone, so that take-overs can be measured; the other
 * deeds are among the rest, each at least once.
 */
export function planOf(kills: number, random: Random): Deed[] {
  const others = deeds.flatMap((deed) =>
    deed === 'kill' ? [] : Array<Deed>(Math.max(1, Math.round(kills / killsFor[deed]))).fill(deed),
  );
  const alone = Math.ceil(kills / 2);
  const plan = Array<Deed>(kills).fill('kill');
  for (const deed of others) plan.splice(random.whole(alone, plan.length), 0, deed);
  return plan;
}

/** Does it all to the replicas, one deed after the other; at its end they all run and all ways are open. */
export async function doMischief(
  plan: readonly Deed[],
  deps: {
    replicas: readonly Replica[];
    /** Who asks the deploy API for a rollback next. */
    nextSender: () => Promise<Replica>;
    server: OwnServer;
    takeOvers: TakeOvers;
    random: Random;
  },
): Promise<void> {
  const { replicas, server, takeOvers, random } = deps;
  const within = ({ least, most }: { least: number; most: number }) => random.whole(least, most);
  const starting = new Set<Promise<void>>();
  let asleep: Replica | null = null;
  /** What goes on beside the next deeds: one at a time, so that somebody is always well. */
  let beside = Promise.resolve();

  /** One of those that run, when there are so many of them. */
  async function someone(least = 1): Promise<Replica> {
    return eventually(
      () => {
        const awake = replicas.filter((one) => one.webUrl() !== '' && one !== asleep);
        return awake.length < least ? null : random.pick(awake);
      },
      { withinMs: longestMs },
    );
  }

  /** Never the last one, for somebody has to take over; at times whoever has just sent a rollback. */
  async function kill(): Promise<void> {
    const picked = await someone(2);
    const sender = random.chance(1 / 2)
      ? await Promise.race([deps.nextSender(), wait(senderMs, null)])
      : null;
    const victim = sender ?? picked;
    const killedAt = performance.now();
    await victim.kill();
    const start = victim.start();
    await takeOvers.killed(victim, killedAt, start);
    starting.add(start);
    void start.finally(() => starting.delete(start));
  }

  async function sleep(): Promise<void> {
    await beside;
    const sleeper = await someone();
    asleep = sleeper;
    beside = takeOvers.disturb(sleeper.sleep(within(sleepMs))).finally(() => {
      asleep = null;
    });
  }

  async function swallow(): Promise<void> {
    await beside;
    const replica = await someone();
    const proxy = replica.ways[random.pick(ways) ?? 'database'];
    const ms = within(swallowMs);
    proxy.swallow(true);
    beside = takeOvers.disturb(wait(ms).then(() => proxy.swallow(false)));
  }

  /** Its name server says nothing, or that it has failed. */
  async function nameless(): Promise<void> {
    await beside;
    const { names } = await someone();
    names.turn(random.pick(['silent', 'fails']) ?? 'silent');
    const ms = within(swallowMs);
    beside = takeOvers.disturb(wait(ms).then(() => names.turn(0)));
  }

  const doing: Readonly<Record<Deed, () => Promise<void>>> = {
    kill,
    sleep,
    swallow,
    nameless,
    restart: () => takeOvers.disturb(server.restart(within(deadMs))),
    async cut() {
      const { database } = (await someone()).ways;
      await takeOvers.disturb(Promise.resolve(database.cut()));
    },
  };
  const firstOther = plan.findIndex((deed) => deed !== 'kill');
  for (const [index, deed] of plan.entries()) {
    if (index === firstOther) await wait(judgeMs);
    await doing[deed]();
    await wait(within(pauseMs));
  }
  await Promise.all([beside, ...starting]);
}
