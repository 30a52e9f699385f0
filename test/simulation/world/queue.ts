import { setAsideJob } from '#adapters/store/set-aside-job.ts';
import type { JsonObject } from '#domain/json.ts';
import type { NewJob } from '#ports/event-store.ts';
import type { Task } from '#ports/jobs.ts';
import { PortError } from '#ports/port-error.ts';
import type { Line } from '#test/simulation/engine/line.ts';
import type { Machine } from '#test/simulation/engine/machine.ts';
import type { Random } from '#test/simulation/engine/random.ts';
import type { Schedule } from '#test/simulation/engine/schedule.ts';

import { createJobTable, mostAttempts, type Job, type SetAside, type Worker } from './job-table.ts';
import { isHopeless, tryQuickly } from './try-quickly.ts';

/**
 * The queue of jobs as graphile-worker keeps it in PostgreSQL, with what the product puts around it:
 * quick tries again, setting aside, and taking over what a silent worker holds.
 */
export type Queue = {
  enqueue(job: NewJob): void;
  /** From now on this process works on jobs; the answer ends that, in at most `graceMs` and a second. */
  work(
    machine: Machine,
    tasks: Readonly<Record<string, Task>>,
  ): { stop(graceMs: number): Promise<void> };
  /** Its worker is heard no more, for a while or for ever. */
  silent(machine: Machine): void;
  /** It is heard again. */
  heard(machine: Machine, silentMs: number): void;
  waiting(): readonly Job[];
  setAside(): readonly SetAside[];
};

const concurrency = 24;
const pollMs = 1_000;
const deadAfterMs = 6_000;
/** Who was not heard for so long stops what it has in hand. */
const unheardAfterMs = 5_000;
const mostCrashes = 3;

export function createQueue(deps: {
  schedule: Schedule;
  random: Random;
  /** To the database, for writing down how a job ended. */
  line: Line;
  toMs: (iso: string) => number;
  surprise: (what: string) => void;
  /** How long a job may wait for a worker at most. */
  busyMs: number;
  /** Whether a job is delivered twice. */
  doubles: () => boolean;
}): Queue {
  const { schedule, random, line, toMs, surprise, busyMs, doubles } = deps;
  const table = createJobTable({ now: () => schedule.now(), toMs });
  const aside: SetAside[] = [];
  let workers: Worker[] = [];

  function enqueue(job: NewJob): void {
    wakeFor(table.put(job));
  }

  /** Whoever waits hears of new work at once; what is for later is found by the next poll after its time. */
  function wakeFor(job: Job): void {
    const waitMs = job.runAt - schedule.now();
    const delayMs = waitMs > 0 ? waitMs + random.unit() * pollMs : 2 + random.unit() * busyMs;
    schedule.after(delayMs, () => take(job));
  }

  function take(wanted: Job): void {
    const job = wanted.queue === null ? wanted : table.firstOf(wanted.queue);
    if (job === undefined || !table.isReady(job)) return;
    const able = workers.filter(
      (worker) =>
        worker.machine.isAwake() &&
        !worker.leaving &&
        worker.running < concurrency &&
        job.task in worker.tasks,
    );
    const worker = random.pick(able);
    if (worker === undefined) return;
    job.attempts += 1;
    table.lock(job, worker);
    worker.running += 1;
    void perform(worker, job);
    if (job.task === 'effect' && doubles()) void repeat(random.pick(able) ?? worker, job);
  }

  /** Delivery is at least once: another has it in hand, too, and whoever ends it ends it. */
  async function repeat({ machine, tasks, stop }: Worker, job: Job): Promise<void> {
    try {
      await machine.clock.pause(random.unit() ** 4 * 300, stop.signal);
      await tasks[job.task]?.(JSON.parse(job.payload), stop.signal);
    } catch {
      // The other one is tried again.
    }
  }

  async function perform(worker: Worker, job: Job): Promise<void> {
    const { machine, tasks } = worker;
    const task = tasks[job.task];
    const { payload: text, attempts, queue } = job;
    const stop = worker.stop.signal;
    const payload: JsonObject = JSON.parse(text);
    let failure: { error: unknown } | null = null;
    try {
      if (task !== undefined) await tryQuickly(task, payload, machine, stop);
    } catch (error) {
      failure = { error };
      if (!(error instanceof PortError) && !stop.aborted) {
        surprise(`job ${job.task}: ${String(error)}`);
      }
    }
    const isLast = attempts >= mostAttempts || isHopeless(failure?.error);
    await machine.call(line, `ends job ${job.task}`, () => {
      worker.running -= 1;
      if (worker.running === 0) worker.drained?.();
      if (failure === null) complete(worker, job);
      else if (isLast && !stop.aborted) {
        putAside(job, failure.error);
        complete(worker, job);
      } else fail(worker, job);
    });
    // The library unlocks a queue a moment after its job has ended, and wakes nobody then.
    if (queue !== null) schedule.after(20, () => wakeQueue(queue));
  }

  /** Whoever ends a job ends it, also when it was given to another meanwhile. */
  function complete(worker: Worker, job: Job): void {
    if (table.remove(job)) unlockQueue(worker, job);
    else leaveQueue(worker, job);
  }

  function fail(worker: Worker, job: Job): void {
    if (job.lockedBy !== worker || !table.has(job)) return;
    job.lockedBy = null;
    job.runAt = Math.max(schedule.now(), job.runAt) + Math.exp(Math.min(job.attempts, 10)) * 1_000;
    unlockQueue(worker, job);
    wakeFor(job);
  }

  function unlockQueue(worker: Worker, { queue }: Job): void {
    if (queue !== null) table.unlock(worker, queue);
  }

  /** Nobody unlocks a queue whose job another has ended; it is found when it is held for nothing. */
  function leaveQueue(worker: Worker, { queue }: Job): void {
    if (queue === null || !table.holds(worker, queue)) return;
    schedule.after(deadAfterMs + random.unit() * 1_500, () => {
      if (!table.holds(worker, queue)) return;
      if (table.heldBy(worker).some((job) => job.queue === queue)) return;
      table.unlock(worker, queue);
      wakeQueue(queue);
    });
  }

  function wakeQueue(queue: string): void {
    const next = table.firstOf(queue);
    if (next !== undefined) take(next);
  }

  function putAside(job: Job, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    const told = error instanceof PortError ? reason : 'a fault on our side, which the log has';
    sayAside(job, reason, told);
  }

  function sayAside({ task, key, payload: text }: Job, reason: string, told: string): void {
    const payload: JsonObject = JSON.parse(text);
    aside.push({ task, key, payload, reason });
    const job = setAsideJob(task, payload, told);
    if (job !== null) enqueue(job);
  }

  /** Done by those that live; who is alone and just started has to be heard some times first. */
  function takeOver(dead: Worker, since: number): void {
    if (dead.silentSince !== since || dead.machine.isAwake()) return;
    if (!workers.some((worker) => worker.machine.isAwake())) {
      schedule.after(3_000, () => takeOver(dead, since));
      return;
    }
    if (!dead.machine.isAlive()) workers = workers.filter((worker) => worker !== dead);
    const held = table.heldBy(dead);
    table.unlock(dead);
    for (const job of held) {
      job.lockedBy = null;
      job.crashes += 1;
    }
    for (const job of held) {
      if (job.crashes >= mostCrashes) {
        table.remove(job);
        const reason = 'its worker died three times';
        sayAside(job, reason, reason);
      }
    }
    wakeAll();
  }

  function wakeAll(): void {
    for (const job of table.all()) {
      if (!table.isTaken(job) && job.runAt <= schedule.now()) wakeFor(job);
    }
  }

  return {
    enqueue,
    work(machine, tasks) {
      const worker: Worker = {
        machine,
        tasks,
        running: 0,
        silentSince: null,
        leaving: false,
        stop: new AbortController(),
        drained: null,
      };
      workers.push(worker);
      wakeAll();
      return {
        async stop(graceMs) {
          worker.leaving = true;
          const { promise: drained, resolve } = Promise.withResolvers<void>();
          worker.drained = resolve;
          if (worker.running === 0) resolve();
          const { signal } = new AbortController();
          await Promise.race([drained, machine.clock.pause(graceMs, signal)]);
          worker.stop.abort(new Error('the worker stops'));
          if (worker.running > 0) await Promise.race([drained, machine.clock.pause(1_000, signal)]);
        },
      };
    },
    silent(machine) {
      const worker = workers.find((one) => one.machine === machine);
      if (worker === undefined) return;
      const since = schedule.now();
      worker.silentSince = since;
      schedule.after(deadAfterMs + random.unit() * 1_500, () => takeOver(worker, since));
    },
    heard(machine, silentMs) {
      const worker = workers.find((one) => one.machine === machine);
      if (worker === undefined) return;
      if (silentMs > unheardAfterMs) {
        worker.stop.abort(new Error('the worker was not heard for seconds'));
        worker.stop = new AbortController();
      }
      wakeAll();
    },
    waiting: () => table.all().filter((job) => job.attempts < mostAttempts || job.key !== null),
    setAside: () => aside,
  };
}
