import { setTimeout as wait } from 'node:timers/promises';

import type { Job, Task as WorkerTask } from 'graphile-worker';

import { isJsonObject, type JsonObject } from '#domain/json.ts';
import type { Task } from '#ports/jobs.ts';
import type { Log } from '#ports/log.ts';
import { PortError } from '#ports/port-error.ts';

import { addJob } from './add-job.ts';
import type { Database } from './connection.ts';
import { setAsideJob } from './set-aside-job.ts';

/** Told of each job that ended, well or not; a try again is a job of its own. */
export type JobEnded = (job: {
  task: string;
  /** What it was for: the kind of effect that its payload names; else empty. */
  effect: string;
  failed: boolean;
  /** From when it was due to its begin. */
  lateMs: number;
  tookMs: number;
}) => void;

/**
 * Runs one of our tasks as the library's. A few quick tries again come before the library's own
 * growing delays, whose first is almost three seconds; in a named queue the next job waits for them.
 * What will not succeed, or has had its last try, is set aside.
 */
export function runTask(
  task: Task,
  deps: {
    database: Database;
    log: Log;
    quickRetriesMs: readonly number[];
    /** For a job that begins now. */
    signal: () => AbortSignal;
    /** Called when a job ended and the next one of its queue may run. */
    ended: () => void;
    onJob: JobEnded;
    scrub: (text: string) => string;
  },
): WorkerTask {
  return async (given, { job }) => {
    const payload: JsonObject = isJsonObject(given) ? given : {};
    const signal = deps.signal();
    const begun = Date.now();
    let failed = false;
    try {
      await tryQuickly(task, payload, { ...deps, signal });
    } catch (error) {
      failed = true;
      const facts = { task: job.task_identifier, key: job.key, attempt: job.attempts, error };
      const isLast = job.attempts >= job.max_attempts || isHopeless(error);
      if (signal.aborted || !isLast) {
        deps.log.warn(facts, 'job failed, to be tried again');
        throw error;
      }
      deps.log.error(facts, 'job set aside');
      await setAside(deps.database, job, error, deps.scrub);
    } finally {
      deps.onJob({
        task: job.task_identifier,
        effect: effectKind(payload),
        failed,
        lateMs: begun - job.run_at.getTime(),
        tookMs: Date.now() - begun,
      });
      // The library unlocks a queue a moment after its job has ended, and wakes nobody then.
      if (job.job_queue_id !== null) setTimeout(deps.ended, 20).unref();
    }
  };
}

/** Ids of effects are `kind` or `run/kind:step:…`. */
function effectKind({ effect }: JsonObject): string {
  return typeof effect === 'string' ? (/^(?:[^/]*\/)?([a-z-]+)/.exec(effect)?.[1] ?? '') : '';
}

async function tryQuickly(
  task: Task,
  payload: JsonObject,
  deps: { quickRetriesMs: readonly number[]; signal: AbortSignal },
): Promise<void> {
  for (const delay of deps.quickRetriesMs) {
    try {
      await task(payload, deps.signal);
      return;
    } catch (error) {
      if (isHopeless(error) || deps.signal.aborted) throw error;
      await wait(delay, undefined, { signal: deps.signal });
    }
  }
  await task(payload, deps.signal);
}

function isHopeless(error: unknown): boolean {
  return error instanceof PortError && !error.retry;
}

async function setAside(
  database: Database,
  job: Job,
  error: unknown,
  scrub: (text: string) => string,
): Promise<void> {
  const reason = scrub(messageOf(error));
  // What a fault of ours says may hold anything; people are told of it in words of ours.
  const told = error instanceof PortError ? reason : 'a fault on our side, which the log has';
  const task = job.task_identifier;
  const payload = isJsonObject(job.payload) ? job.payload : {};
  await database.db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('jobs_set_aside')
      .values({ task, key: job.key, payload: JSON.stringify(payload), reason })
      .execute();
    const known = setAsideJob(task, payload, told);
    if (known !== null) await addJob(transaction, known);
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
