import { setTimeout as wait } from 'node:timers/promises';

import { sql } from 'kysely';

import type { Database } from '#adapters/store/connection.ts';

/** How long after its death something of a killed replica went on at another one. */
export type TakeOver = {
  what: 'job' | 'payload';
  ms: number;
  /** More was wrong at that time than that replicas were killed, or none of them lived through it. */
  disturbed: boolean;
};

type Times = { from: number; to: number };
type Held = { id: string; what: TakeOver['what']; holder: string; state: string };

const lookEveryMs = 100;
/** Who has said nothing for so long was the one that was killed: others speak every second. */
const surelyDeadMs = 2_500;
const longestMs = 60_000;
/** A replica must have been heard for some seconds before it judges others. */
const afterwardsMs = 4_000;
/** A job or a payload goes on at another replica within this time of its holder's death. */
export const promisedMs = 10_000;

/**
 * Measures from outside, in the database: what was in hand when a replica was killed, and when that
 * is seen in other hands, or done. Times in which something else was wrong are told by `disturb`.
 */
export function watchTakeOvers({ db }: Database, replicas: number) {
  const found: TakeOver[] = [];
  const watches: Promise<void>[] = [];
  const absences: (Times & { who: object })[] = [];
  const disturbances: Times[] = [];

  async function follow(held: readonly Held[], killedAt: number): Promise<void> {
    const before = await beats().catch(() => new Map<string, string>());
    const released = new Map<string, number>();
    let dead: ReadonlySet<string> | null = null;
    const elapsed = () => performance.now() - killedAt;
    const isWatched = ({ id, holder }: Held) =>
      !released.has(id) && (dead === null || dead.has(holder));
    while (elapsed() < longestMs && held.some(isWatched)) {
      await wait(lookEveryMs);
      const hands = await handsOf(held).catch(() => null);
      if (hands === null) continue;
      for (const { id, state } of held) {
        const now = hands.get(id);
        if (!released.has(id) && now !== state && now !== null) released.set(id, elapsed());
      }
      if (dead === null && elapsed() > surelyDeadMs) {
        const after = await beats().catch(() => null);
        if (after === null) continue;
        const silent = [...before].filter(([worker, seen]) => after.get(worker) === seen);
        dead = new Set([...silent.map(([worker]) => worker), 'nobody']);
      }
    }
    const meanwhile = ({ from, to }: Times) =>
      from < killedAt + promisedMs && to > killedAt - afterwardsMs;
    const absent = new Set(absences.filter(meanwhile).map(({ who }) => who));
    const disturbed = disturbances.some(meanwhile) || absent.size === replicas;
    for (const { id, what, holder } of held) {
      if (dead?.has(holder) === false) continue;
      const ms = released.get(id) ?? longestMs;
      // What was done in this time was not in the dead one's hands.
      if (holder !== 'nobody' || ms > surelyDeadMs) {
        found.push({ what, ms, disturbed });
      }
    }
  }

  /**
   * In whose hands each is now; null for what is due and in nobody's. What is done is not there, nor
   * what waits because somebody does another job of its queue: the queue itself is followed, too.
   */
  async function handsOf(held: readonly Held[]): Promise<Map<string, string | null>> {
    const keys = held.map(({ id }) => id);
    const { rows: free } = await sql<{ id: string }>`
      select 'job ' || key as id from graphile_worker._private_jobs
       where locked_by is null and run_at <= now() and 'job ' || key = any(${keys}::text[])
         and not exists (
           select from graphile_worker._private_job_queues
            where id = job_queue_id and locked_by is not null
         )
    `.execute(db);
    const hands = new Map<string, string | null>(free.map(({ id }) => [id, null]));
    for (const { id, state } of await heldNow()) hands.set(id, state);
    return hands;
  }

  async function heldNow(): Promise<Held[]> {
    const { rows } = await sql<Held>`
      select 'job ' || key as id, 'job' as what, locked_by as holder,
             locked_by || locked_at::text as state
        from graphile_worker._private_jobs where locked_by is not null and key is not null
      union all
      select 'queue ' || queue_name, 'job', locked_by, locked_by || locked_at::text
        from graphile_worker._private_job_queues where locked_by is not null
      union all
      select 'payload ' || key, 'payload', 'nobody', tries::text from inbox where done_at is null
    `.execute(db);
    return rows;
  }

  async function beats(): Promise<Map<string, string>> {
    const { rows } = await sql<{ worker: string; seen: string }>`
      select worker, seen_at::text as seen from worker_heartbeats
    `.execute(db);
    return new Map(rows.map(({ worker, seen }) => [worker, seen]));
  }

  return {
    /** To be called as soon as it is dead; `back` is when it has started again. */
    async killed(who: object, killedAt: number, back: Promise<void>): Promise<void> {
      absences.push({ who, ...timesOf(killedAt, back) });
      const held = await heldNow().catch(() => []);
      if (held.length > 0) watches.push(follow(held, killedAt));
    },
    /** Something else is wrong until the promise is through. */
    async disturb<T>(work: Promise<T>): Promise<T> {
      disturbances.push(timesOf(performance.now(), work));
      return work;
    },
    async all(): Promise<readonly TakeOver[]> {
      await Promise.all(watches);
      return found;
    },
  };
}

function timesOf(from: number, work: Promise<unknown>): Times {
  const times = { from, to: Infinity };
  const end = () => {
    times.to = performance.now();
  };
  work.then(end, end);
  return times;
}

export type TakeOvers = ReturnType<typeof watchTakeOvers>;
