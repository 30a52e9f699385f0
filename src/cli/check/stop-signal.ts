import { tell } from '#cli/output.ts';

const numbers = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A signal that fires when the time is over or somebody wants to stop. What is there by then is
 * reported; who asks twice ends the process at once.
 */
export function createStopSignal(timeoutMs: number | null) {
  const stopped = new AbortController();
  let exitCode: number | null = null;
  for (const signal of signals) {
    process.once(signal, () => {
      tell('Stopping: what is known so far is reported.');
      exitCode = 128 + numbers[signal];
      stopped.abort(new Error(`stopped by ${signal}`));
    });
  }
  const limits = timeoutMs === null ? [] : [AbortSignal.timeout(timeoutMs)];
  return {
    signal: AbortSignal.any([stopped.signal, ...limits]),
    /** That of a process that a signal has ended; null where none came. */
    exitCode: () => exitCode,
  };
}
