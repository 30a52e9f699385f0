import { performance } from 'node:perf_hooks';

import type { Clock } from '#ports/clock.ts';

/** What came of a request. `status` is null where no answer came; then `why` says what did. */
export type Answer = { status: number | null; why: string; ownMs: number };

export type Shot = {
  /** Milliseconds that it waited for us and nobody else: to leave, or for a turn of ours. */
  lateMs: number;
  /** Null where its time had come and as many as may be were open: it was never sent. */
  sent: (Answer & { ms: number }) | null;
};

/**
 * Sends by the schedule and not when the one before was answered: a target that slows down must not
 * slow down the probe, or the slowest answers would be the fewest. For the same reason the time of an
 * answer counts from when its request was to leave. Resolves when the last answer is there. `ownMs` of
 * an answer is what it waited for a turn of ours.
 */
export async function openLoop(
  plan: { rate: number; requests: number; maxInFlight: number; signal: AbortSignal },
  clock: Pick<Clock, 'pause'>,
  send: () => Promise<Answer>,
): Promise<readonly Shot[]> {
  const { rate, requests, maxInFlight, signal } = plan;
  const shots: Promise<Shot>[] = [];
  let inFlight = 0;

  async function shoot(intended: number, lateMs: number): Promise<Shot> {
    inFlight += 1;
    try {
      const answer = await send();
      const ms = performance.now() - intended;
      return { lateMs: lateMs + answer.ownMs, sent: { ...answer, ms } };
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
    const lateMs = Math.max(0, performance.now() - intended);
    if (inFlight >= maxInFlight) {
      shots.push(Promise.resolve({ lateMs, sent: null }));
      continue;
    }
    const shot = shoot(intended, lateMs);
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
