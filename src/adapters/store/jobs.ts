import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

import { Logger, run, type Runner, type WorkerEvents } from 'graphile-worker';

import { objectOf } from '#domain/json.ts';
import type { Jobs, Task } from '#ports/jobs.ts';
import type { Log } from '#ports/log.ts';
import { PortError } from '#ports/port-error.ts';

import type { Database } from './database.ts';
import { addJob } from './event-store.ts';
import { type Heartbeat, keepAlive } from './heartbeat.ts';

/** Most jobs wait for the network, and a rollback is followed for minutes. */
const concurrency = 24;

/** Passing faults are tried again at once, before the worker's own delays of seconds and minutes. */
const quickRetriesMs = [200, 1_000];

/**
 * Jobs in PostgreSQL by graphile-worker, woken by LISTEN/NOTIFY. Its lock of a dead worker would last
 * for hours; the heartbeat takes such locks away within ten seconds.
 */
export function createJobs(deps: { database: Database; log: Log }): Jobs {
  const { database, log } = deps;
  let runner: Runner | null = null;
  let heartbeat: Heartbeat | null = null;
  const stopping = new AbortController();

  return {
    enqueue: (job) => addJob(database.db, job),

    async start(tasks) {
      const events: WorkerEvents = new EventEmitter();
      // Jobs and queues are locked in the name of the pool, not of the worker that runs them.
      const pools = new Set<string>();
      events.on('pool:create', ({ workerPool }) => pools.add(workerPool.id));
      runner = await run({
        pgPool: database.pool,
        concurrency,
        noHandleSignals: true,
        pollInterval: 2_000,
        events,
        logger: quiet(log),
        taskList: Object.fromEntries(
          Object.entries(tasks).map(([name, task]) => [
            name,
            (payload: unknown) => perform(name, task, payload),
          ]),
        ),
      });
      heartbeat = keepAlive({ database, log, workers: () => [...pools] });
    },

    async stop(graceMs) {
      const ended = runner?.stop() ?? Promise.resolve();
      await Promise.race([ended, wait(graceMs, undefined, { ref: false })]);
      stopping.abort(new Error('the worker stops'));
      const unfinished = wait(1_000, 'unfinished', { ref: false });
      const released = (await Promise.race([ended, unfinished])) !== 'unfinished';
      await heartbeat?.stop({ released });
      runner = null;
    },
  };

  async function perform(name: string, task: Task, payload: unknown): Promise<void> {
    const facts = objectOf(JSON.parse(JSON.stringify(payload)));
    for (const delay of [...quickRetriesMs, null]) {
      try {
        await task(facts, stopping.signal);
        return;
      } catch (error) {
        if (error instanceof PortError && !error.retry) {
          log.error({ error, task: name, ...facts }, 'a job can not be done');
          return;
        }
        if (delay === null || stopping.signal.aborted || !(error instanceof PortError)) {
          log.error({ error, task: name, ...facts }, 'a job failed and is tried again later');
          throw error;
        }
        await wait(delay, undefined, { signal: stopping.signal });
      }
    }
  }
}

function quiet(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error({ message }, 'the job worker reports an error');
  });
}
