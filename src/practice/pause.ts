import { setTimeout } from 'node:timers/promises';

/** Waits, and stops waiting without a word when the signal fires. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
