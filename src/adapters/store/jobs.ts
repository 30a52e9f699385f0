/**
 * Jobs on graphile-worker. A worker pool that the library gives up (it does when it cannot write
 * down that a job ended) is replaced, also when it never comes to its end, and so is one that could not
 * begin to look for jobs; what it held is taken over like that of a dead worker.
 */
import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

import { makeWorkerUtils, runTaskList, type WorkerEvents, type WorkerPool } from 'graphile-worker';

import type { Jobs, Task } from '#ports/jobs.ts';
import type { Log } from '#ports/log.ts';

import { addJob } from './add-job.ts';
import type { Database } from './connection.ts';
import { asPort } from './faults.ts';
import { createHeartbeat, type Heartbeat } from './heartbeat.ts';
import { patientPool } from './patient-pool.ts';
import { type JobEnded, runTask } from './run-task.ts';
import { workerLogger } from './worker-log.ts';

export type JobsOptions = {
  database: Database;
  log: Log;
  /** How many jobs run at a time in this process. */
  concurrency?: number;
  /** The first tries again come after these; later ones after some seconds, minutes, an hour. */
  quickRetriesMs?: readonly number[];
  onJob?: JobEnded;
  /** Takes secrets out of why a job was set aside. */
  scrub?: (text: string) => string;
};

const pollMs = 1_000;
const restartMs = 1_000;
/** By then each of its workers waits for its next look: one that fails in a pool that ends is a trace on the screen. */
const giveUpMs = 300;
/** How long a pool that was given up has for its jobs that still run. */
const lastWordsMs = 3_000;
/** How long tasks that were told to stop have for it. */
const abortMs = 1_000;

/** `ended` when the pool came to its end, or was given up and still hangs. */
type Running = { pool: WorkerPool; heartbeat: Heartbeat; ended: Promise<unknown> };

export function createJobs(options: JobsOptions): Jobs {
  const { database, log, concurrency = 24, quickRetriesMs = [200, 1_000, 3_000] } = options;
  const { onJob = () => {}, scrub = (text) => text } = options;
  /** Of the jobs that are in hand now. */
  let mustStop = new AbortController();
  let running: Running | null = null;
  let supervision: Promise<void> | null = null;
  let stopping = false;

  function startPool(tasks: Readonly<Record<string, Task>>): Running {
    const events: WorkerEvents = new EventEmitter();
    const lost = Promise.withResolvers<void>();
    events.once('pool:fatalError', () => setTimeout(lost.resolve, lastWordsMs).unref());
    // What it looks for it asks the database once, and where that fails it never finds a job.
    let looks = false;
    events.once('worker:getJob:empty', () => (looks = true));
    events.once('job:start', () => (looks = true));
    events.once('worker:getJob:error', () => {
      if (!looks) setTimeout(giveUp, giveUpMs).unref();
    });
    function giveUp(): void {
      if (active && !looks) Promise.resolve(pool.gracefulShutdown()).catch(() => {});
    }
    let active = true;
    events.once('pool:gracefulShutdown', () => {
      active = false;
    });
    const wake = (workers: number): void => {
      if (active) pool.nudge(workers);
    };

    const taskList = Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [
        name,
        runTask(task, {
          database,
          log,
          quickRetriesMs,
          signal: () => mustStop.signal,
          // A queue that is free has one next job: were all to look for it, the database would do little else.
          ended: () => wake(1),
          onJob,
          scrub,
        }),
      ]),
    );
    const pool = runTaskList(
      {
        concurrency,
        pollInterval: pollMs,
        noHandleSignals: true,
        events,
        logger: workerLogger(log),
        // We have our own deadline for a stop; this is the longest that a timer can wait.
        gracefulShutdownAbortTimeout: 2 ** 31 - 1,
        // Without a batch the library ends the process when the database is gone as a job ends.
        preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      },
      taskList,
      patientPool(database.pool),
    );
    const ended = pool.promise.catch((error: unknown) =>
      log.error({ error }, 'job worker gave up'),
    );
    return {
      pool,
      heartbeat: createHeartbeat({
        database,
        log,
        worker: pool.id,
        wake: () => wake(concurrency),
        unheard() {
          mustStop.abort(new Error('the worker was not heard for seconds'));
          if (!stopping) mustStop = new AbortController();
        },
      }),
      ended: Promise.race([ended, lost.promise]),
    };
  }

  async function supervise(tasks: Readonly<Record<string, Task>>): Promise<void> {
    for (;;) {
      running = startPool(tasks);
      await running.ended;
      await running.heartbeat.stop();
      if (stopping) return;
      await wait(restartMs);
      if (stopping) return;
    }
  }

  return {
    enqueue: (job) => asPort(() => addJob(database.db, job)),

    async start(tasks) {
      if (supervision !== null) throw new Error('jobs were started before');
      await asPort(() => cleanUp(database, log));
      supervision = supervise(tasks);
    },

    async stop(graceMs) {
      if (stopping || supervision === null) return supervision ?? undefined;
      stopping = true;
      const pool = running?.pool;
      // Its errors come out of the pool's own promise.
      const drained = Promise.resolve(pool?.gracefulShutdown()).catch(() => {});

      if (!(await within(graceMs, drained))) {
        mustStop.abort(new Error('the worker stops'));
        if (!(await within(abortMs, drained))) {
          await Promise.resolve(pool?.forcefulShutdown('The worker stops')).catch(() => {});
        }
      }
      await supervision;
    },
  };
}

/** Names of queues without jobs slow the search for jobs down; each incident leaves a few. */
async function cleanUp(database: Database, log: Log): Promise<void> {
  const utils = await makeWorkerUtils({ pgPool: database.pool, logger: workerLogger(log) });
  try {
    await utils.cleanup({ tasks: ['GC_JOB_QUEUES', 'DELETE_PERMAFAILED_JOBS'] });
  } finally {
    await utils.release();
  }
}

async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  const inTime = await Promise.race([
    work.then(() => true),
    wait(ms, false, { signal: timer.signal }).catch(() => false),
  ]);
  timer.abort();
  return inTime;
}
