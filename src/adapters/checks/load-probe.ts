import { performance } from 'node:perf_hooks';

import type { Clock } from '#ports/clock.ts';

export type Shot =
  /** `status` is null where no answer came; then `why` says what did. */
  | { kind: 'sent'; ms: number; status: number | null; why: string }
  /** Its time had come, and as many as may be were open: it was never sent. */
  | { kind: 'unsent' };

/**
 * Sends by the schedule and not when the one before was answered: a target that slows down must not
 * slow down the probe, or the slowest answers would be the fewest. For the same reason the time of an
 * answer counts from when its request was to leave. Resolves when the last answer is there.
 */
export async function openLoop(
  plan: { rate: number; requests: number; maxInFlight: number; signal: AbortSignal },
  clock: Pick<Clock, 'pause'>,
  send: () => Promise<{ status: number | null; why: string }>,
): Promise<readonly Shot[]> {
  const { rate, requests, maxInFlight, signal } = plan;
  const shots: Promise<Shot>[] = [];
  let inFlight = 0;

  async function shoot(intended: number): Promise<Shot> {
    inFlight += 1;
    try {
      const { status, why } = await send();
      return { kind: 'sent', ms: performance.now() - intended, status, why };
    } finally {
      inFlight -= 1;
    }
  }

  const startedAt = performance.now();
  for (let index = 0; index < requests; index += 1) {
    const intended = startedAt + (index * 1_000) / rate;
    const early = intended - performance.now();
    if (early > 0) await clock.pause(early, signal);
    signal.throwIfAborted();
    if (inFlight >= maxInFlight) {
      shots.push(Promise.resolve({ kind: 'unsent' }));
      continue;
    }
    const shot = shoot(intended);
    // It is awaited at the end; until then its failure is not unheard.
    shot.catch(() => undefined);
    shots.push(shot);
  }
  return Promise.all(shots);
}

/** The smallest value that at least this share of the values do not exceed; null of none. */
export function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
