/**
 * Who lives, by the database's clock. Each worker says so every second; the jobs of one that was
 * silent for six seconds are given to the others, so that a job runs again within ten seconds of
 * its worker's death. A worker that only slept, and wakes, finds its streams moved on.
 *
 * Who was not heard for almost as long, because it slept or has lost the database, stops what it has
 * in hand: others have that by now, or soon.
 *
 * After an outage of the database everybody looks dead. Hence only a worker that has itself been
 * heard several times in a row judges others: by then they have spoken, too.
 */
import { setTimeout as wait } from 'node:timers/promises';

import { sql, type Kysely } from 'kysely';

import type { Log } from '#ports/log.ts';

import type { Database } from './connection.ts';
import { asPort } from './faults.ts';
import type { Tables } from './tables.ts';
import { deadAfter, takeOver } from './take-over.ts';

export type Heartbeat = { stop(): Promise<void> };

const beatMs = 1_000;
const beatsBeforeJudging = 3;
const silenceBetweenBeats = '3 seconds';
/** A second before others think so. */
const silentAfterMs = 5_000;

export function createHeartbeat(deps: {
  database: Database;
  log: Log;
  worker: string;
  /** Called when jobs were set free. */
  wake: () => void;
  /** Called when nobody can have heard this worker for so long that its jobs may be given away. */
  unheard: () => void;
}): Heartbeat {
  const { database, log, worker } = deps;
  const stopped = new AbortController();
  let heardAt = performance.now();
  const watch = setInterval(() => {
    if (performance.now() - heardAt < silentAfterMs) return;
    heardAt = performance.now();
    log.warn({ worker }, 'nobody has heard this worker for seconds, it stops what it has in hand');
    deps.unheard();
  }, beatMs);

  async function beatForever(): Promise<void> {
    let steadyBeats = 0;
    while (!stopped.signal.aborted) {
      try {
        const sentAt = performance.now();
        steadyBeats = (await beat(database, worker)) ? steadyBeats + 1 : 0;
        heardAt = Math.max(heardAt, sentAt);
        if (steadyBeats >= beatsBeforeJudging && (await takeOver(database, log))) deps.wake();
      } catch (error) {
        steadyBeats = 0;
        log.warn({ error, worker }, 'job heartbeat failed');
      }
      await wait(beatMs, undefined, { signal: stopped.signal }).catch(() => {});
    }
    clearInterval(watch);
    await forget(database, worker).catch((error: unknown) =>
      log.warn({ error, worker }, 'job heartbeat failed'),
    );
  }

  const done = beatForever();
  return {
    async stop() {
      stopped.abort();
      await done;
    },
  };
}

/** Answers whether the beat before this one was in time. */
async function beat(database: Database, worker: string): Promise<boolean> {
  const { rows } = await sql<{ steady: boolean }>`
    with before as (select seen_at from worker_heartbeats where worker = ${worker})
    insert into worker_heartbeats (worker) values (${worker})
    on conflict (worker) do update set seen_at = now()
    returning coalesce(
      (select seen_at > now() - ${silenceBetweenBeats}::interval from before), true
    ) as steady
  `.execute(database.db);
  return rows[0]?.steady ?? false;
}

async function forget(database: Database, worker: string): Promise<void> {
  await database.db.deleteFrom('worker_heartbeats').where('worker', '=', worker).execute();
}

/** Whether a worker of any process was heard lately. */
export async function isAnyoneWorking(db: Kysely<Tables>): Promise<boolean> {
  const query = sql<{ found: boolean }>`
    select exists (
      select from worker_heartbeats where seen_at > now() - ${deadAfter}::interval
    ) as found
  `;
  const { rows } = await asPort(() => query.execute(db));
  return rows[0]?.found ?? false;
}
