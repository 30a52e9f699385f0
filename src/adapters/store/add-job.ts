import { sql, type Kysely } from 'kysely';

import type { NewJob } from '#ports/event-store.ts';

import type { Tables } from './tables.ts';

/** With the growing delays between them, these reach over some three hours. */
const mostAttempts = 10;

/**
 * Puts a job into the queue, within the caller's transaction. A job of this key that has not begun
 * is replaced, with `keepRunAt` all but its time; one that runs is left to end, without another
 * try.
 */
export async function addJob(
  tables: Kysely<Tables>,
  job: NewJob,
  { keepRunAt = false } = {},
): Promise<void> {
  await sql`
    select graphile_worker.add_job(
      identifier => ${job.task},
      payload => ${JSON.stringify(job.payload)}::json,
      queue_name => ${job.queue ?? null},
      run_at => ${job.runAt ?? null}::timestamptz,
      max_attempts => ${mostAttempts}::int,
      job_key => ${job.key},
      priority => ${job.priority ?? 0}::int,
      job_key_mode => ${keepRunAt ? 'preserve_run_at' : 'replace'}
    )
  `.execute(tables);
}
