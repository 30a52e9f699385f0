import { pause } from '#practice/pause.ts';
import type { Release } from '#practice/shop/checkout/release.ts';

export type Fleet = { size: number; replace(index: number, release: Release): void };

/**
 * Switches the instances one after the other. False if it was given up (`fails`, or the signal
 * fired): what was switched by then runs `before` again.
 */
export async function rollOut(
  fleet: Fleet,
  releases: { before: Release; next: Release },
  options: {
    stageMs: number;
    fails: boolean;
    signal: AbortSignal;
    switched(count: number): void;
  },
): Promise<boolean> {
  for (let index = 0; index < fleet.size; index += 1) {
    await pause(options.stageMs, options.signal);
    if (!options.signal.aborted) fleet.replace(index, releases.next);

    if (options.signal.aborted || options.fails) {
      for (let done = 0; done <= index; done += 1) fleet.replace(done, releases.before);
      return false;
    }
    options.switched(index + 1);
  }
  return true;
}
