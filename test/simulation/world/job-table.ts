import type { JsonObject } from '#domain/json.ts';
import type { NewJob } from '#ports/event-store.ts';
import type { Task } from '#ports/jobs.ts';
import type { Machine } from '#test/simulation/engine/machine.ts';

export type Job = {
  id: number;
  task: string;
  payload: string;
  /** Null once another took its key. */
  key: string | null;
  queue: string | null;
  runAt: number;
  priority: number;
  attempts: number;
  crashes: number;
  lockedBy: Worker | null;
};

export type SetAside = { task: string; key: string | null; payload: JsonObject; reason: string };

export type Worker = {
  machine: Machine;
  tasks: Readonly<Record<string, Task>>;
  running: number;
  silentSince: number | null;
  leaving: boolean;
  stop: AbortController;
  drained: (() => void) | null;
};

export const mostAttempts = 10;

/** The rows of the queue: jobs, their keys, and who holds which named queue. */
export function createJobTable({
  now,
  toMs,
}: {
  now: () => number;
  toMs: (iso: string) => number;
}) {
  const jobs = new Map<number, Job>();
  const byKey = new Map<string, Job>();
  const holders = new Map<string, Worker | null>();
  let ids = 0;

  function isTaken(job: Job): boolean {
    return job.lockedBy !== null || job.attempts >= mostAttempts;
  }

  return {
    isTaken,
    all: () => [...jobs.values()],
    has: (job: Job) => jobs.has(job.id),

    /** A job of the same key is replaced; one that has begun ends without another try. */
    put({ task, payload, key, queue, runAt, priority }: NewJob): Job {
      const before = byKey.get(key);
      if (before !== undefined && isTaken(before)) {
        before.key = null;
        before.attempts = mostAttempts;
      }
      const known = before?.key === key ? before : undefined;
      const job: Job = {
        id: known?.id ?? (ids += 1),
        task,
        payload: JSON.stringify(payload),
        key,
        queue: queue ?? null,
        runAt: runAt === undefined ? now() : toMs(runAt),
        priority: priority ?? 0,
        attempts: 0,
        crashes: known?.crashes ?? 0,
        lockedBy: null,
      };
      const row = known === undefined ? job : Object.assign(known, job);
      jobs.set(row.id, row);
      byKey.set(key, row);
      return row;
    },

    /** False where it was gone already. */
    remove(job: Job): boolean {
      if (job.key !== null && byKey.get(job.key) === job) byKey.delete(job.key);
      return jobs.delete(job.id);
    },

    isReady(job: Job): boolean {
      const free = job.queue === null || holders.get(job.queue) == null;
      return jobs.has(job.id) && !isTaken(job) && job.runAt <= now() && free;
    },

    firstOf(queue: string): Job | undefined {
      let first: Job | undefined;
      for (const job of jobs.values()) {
        if (job.queue !== queue || isTaken(job) || job.runAt > now()) continue;
        if (first === undefined || order(job, first) < 0) first = job;
      }
      return first;
    },

    lock(job: Job, worker: Worker): void {
      job.lockedBy = worker;
      if (job.queue !== null) holders.set(job.queue, worker);
    },

    heldBy: (worker: Worker) => [...jobs.values()].filter((job) => job.lockedBy === worker),
    holds: (worker: Worker, queue: string) => holders.get(queue) === worker,

    /** Its queue only, or every queue of a worker. */
    unlock(worker: Worker, only?: string): void {
      for (const [queue, holder] of holders) {
        if (holder === worker && (only === undefined || only === queue)) holders.set(queue, null);
      }
    },
  };
}

function order(one: Job, other: Job): number {
  return one.priority - other.priority || one.runAt - other.runAt || one.id - other.id;
}
