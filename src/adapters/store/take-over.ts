import { sql, type Transaction } from 'kysely';

import type { Log } from '#ports/log.ts';

import { addJob } from './add-job.ts';
import type { Database } from './connection.ts';
import { setAsideJob } from './set-aside-job.ts';
import type { Tables } from './tables.ts';

export const deadAfter = '6 seconds';
/** A job that was being done this many times when its worker died is not tried again. */
const mostCrashes = 3;

/** Sets free what dead workers hold; answers whether there was any. One replica at a time. */
export async function takeOver(database: Database, log: Log): Promise<boolean> {
  return database.db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(7264) as mine
    `.execute(transaction);
    if (rows[0]?.mine !== true) return false;

    const unlockedQueues = await unlockLeftQueues(transaction);
    const held = await heldByTheDead(transaction);
    if (held.length === 0) return unlockedQueues;

    const deadly = await countCrashes(transaction, held);
    const workers = [...new Set(held.map((job) => job.locked_by))];
    await sql`select graphile_worker.force_unlock_workers(${workers}::text[])`.execute(transaction);
    await setAside(transaction, deadly);
    await sql`
      delete from worker_heartbeats where seen_at < now() - interval '1 hour'
    `.execute(transaction);

    const jobs = held.map((job) => job.id);
    log.warn({ workers, jobs }, 'jobs taken over from dead workers');
    if (deadly.length > 0) log.error({ jobs: deadly }, 'jobs that kill their workers set aside');
    return true;
  });
}

type HeldJob = { id: string; locked_by: string };

async function heldByTheDead(transaction: Transaction<Tables>): Promise<readonly HeldJob[]> {
  const { rows } = await sql<HeldJob>`
    select id, locked_by from graphile_worker.jobs
     where locked_at < now() - ${deadAfter}::interval
       and locked_by not in (
         select worker from worker_heartbeats where seen_at > now() - ${deadAfter}::interval
       )
  `.execute(transaction);
  return rows;
}

/**
 * A queue whose holder has no job of it any more: the worker that the job was taken from woke up
 * and ended it after all, and so it was no longer there for the second one to end, which is what
 * would have unlocked the queue.
 */
async function unlockLeftQueues(transaction: Transaction<Tables>): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update graphile_worker._private_job_queues as queues set locked_at = null, locked_by = null
     where locked_at < now() - ${deadAfter}::interval
       and not exists (
         select from graphile_worker._private_jobs as jobs
          where jobs.job_queue_id = queues.id and jobs.locked_by = queues.locked_by
       )
  `.execute(transaction);
  return (numAffectedRows ?? 0n) > 0n;
}

/** Answers with the jobs that have had their share. */
async function countCrashes(
  transaction: Transaction<Tables>,
  held: readonly HeldJob[],
): Promise<readonly string[]> {
  await sql`
    delete from job_crashes where job not in (select id from graphile_worker.jobs)
  `.execute(transaction);
  const counted = await transaction
    .insertInto('job_crashes')
    .values(held.map(({ id }) => ({ job: id, crashes: 1 })))
    .onConflict((conflict) =>
      conflict
        .column('job')
        .doUpdateSet((row) => ({ crashes: row('job_crashes.crashes', '+', 1) })),
    )
    .returning(['job', 'crashes'])
    .execute();
  return counted.filter(({ crashes }) => crashes >= mostCrashes).map(({ job }) => job);
}

async function setAside(transaction: Transaction<Tables>, jobs: readonly string[]): Promise<void> {
  if (jobs.length === 0) return;
  const { rows } = await sql<{ task: string; payload: string; reason: string }>`
    insert into jobs_set_aside (task, key, payload, reason)
    select tasks.identifier, done.key, done.payload::text, 'its worker died three times'
      from graphile_worker.complete_jobs(${jobs}::bigint[]) as done
      join graphile_worker._private_tasks as tasks on tasks.id = done.task_id
    returning task, payload, reason
  `.execute(transaction);
  for (const { task, payload, reason } of rows) {
    const known = setAsideJob(task, JSON.parse(payload), reason);
    if (known !== null) await addJob(transaction, known);
  }
}
