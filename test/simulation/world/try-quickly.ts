import type { JsonObject } from '#domain/json.ts';
import type { Task } from '#ports/jobs.ts';
import { PortError } from '#ports/port-error.ts';
import type { Machine } from '#test/simulation/engine/machine.ts';

const quickRetriesMs = [200, 1_000, 3_000];

/** As `adapters/store/run-task.ts` does, in virtual time. */
export async function tryQuickly(
  task: Task,
  payload: JsonObject,
  machine: Machine,
  signal: AbortSignal,
): Promise<void> {
  for (const delay of quickRetriesMs) {
    try {
      await task(payload, signal);
      return;
    } catch (error) {
      if (isHopeless(error) || signal.aborted) throw error;
      await machine.clock.pause(delay, signal);
    }
  }
  await task(payload, signal);
}

export function isHopeless(error: unknown): boolean {
  return error instanceof PortError && !error.retry;
}
