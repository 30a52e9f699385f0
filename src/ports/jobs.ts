import type { JsonObject } from '#domain/json.ts';

import type { NewJob } from './event-store.ts';

/**
 * Durable background work. Delivery is at least once: a task asks the stream whether its work is
 * still due before it does anything. A job whose worker died runs again within ten seconds.
 */
export interface Jobs {
  enqueue(job: NewJob): Promise<void>;
  /** Starts to work; each task gets its payload and a signal that fires when the worker must stop. */
  start(tasks: Readonly<Record<string, Task>>): Promise<void>;
  /** Finishes what runs (at most `graceMs`), takes nothing new. */
  stop(graceMs: number): Promise<void>;
}

/**
 * A task that throws is tried again with growing delays; its job is set aside after the last try. One
 * whose payload names a `stream` is then handed to the task `set-aside`, as `{stream, task, effect, reason}`;
 * `effect` is that of its payload, or null.
 */
export type Task = (payload: JsonObject, signal: AbortSignal) => Promise<void>;
