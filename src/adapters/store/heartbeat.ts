import { randomUUID } from 'node:crypto';

import { sql } from 'kysely';

import type { Log } from '#ports/log.ts';

import type { Database } from './database.ts';

const beatMs = 2_000;
const deadAfterSeconds = 8;
/** A job that has ended this many workers is set aside, so that the others go on. */
const mostKills = 3;

export type Heartbeat = {
  /** Not `released`: jobs are still locked by our workers, and somebody has to take them over. */
  stop(options: { released: boolean }): Promise<void>;
};

/**
 * Says every two seconds, by the database's clock, that our workers live, and frees the jobs of those
 * who have not said so for eight. A sleeper that wakes after that is stopped by the streams' own fence.
 */
export function keepAlive(deps: {
  database: Database;
  log: Log;
  workers: () => readonly string[];
}): Heartbeat {
  const { db } = deps.database;
  const pool = randomUUID();
  let beating: Promise<void> = Promise.resolve();

  async function beat(): Promise<void> {
    const workers = [...deps.workers()];
    await db
      .insertInto('workers')
      .values({ pool, workers })
      .onConflict((conflict) =>
        conflict.column('pool').doUpdateSet({ workers, seen: sql<Date>`now()` }),
      )
      .execute();
    const dead = await db
      .deleteFrom('workers')
      .where('seen', '<', sql<Date>`now() - make_interval(secs => ${deadAfterSeconds})`)
      .returning('workers')
      .execute();
    const ids = dead.flatMap((row) => row.workers);
    if (ids.length === 0) return;
    deps.log.warn({ workers: ids.length }, 'workers died; their jobs are taken over');
    const killers = await sql<{ id: string }>`
      select id from graphile_worker.jobs
      where locked_by = any(${ids}::text[]) and attempts >= ${mostKills} and last_error is null
        and key is not null -- without its key it has been replaced by a newer job
    `.execute(db);
    await sql`select graphile_worker.force_unlock_workers(${ids}::text[])`.execute(db);
    const setAside = killers.rows.map((row) => row.id);
    if (setAside.length === 0) return;
    deps.log.error({ jobs: setAside }, 'jobs that ended their worker three times are set aside');
    await sql`
      select graphile_worker.permanently_fail_jobs(${setAside}::bigint[], 'ended its worker three times')
    `.execute(db);
  }

  function next(): void {
    beating = beat().catch((error: unknown) => {
      deps.log.warn({ error }, 'the heartbeat could not be written');
    });
  }
  next();
  const timer = setInterval(next, beatMs);
  return {
    async stop({ released }) {
      clearInterval(timer);
      await beating;
      if (!released) return;
      await db.deleteFrom('workers').where('pool', '=', pool).execute();
    },
  };
}
