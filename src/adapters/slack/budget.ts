import type { Time } from './time.ts';

/**
 * How urgent a call is. `now`: a person waits for it, or is asked something. `soon`: what has changed
 * for everybody. `calm`: progress, and what else may wait.
 */
export type Rank = 'now' | 'soon' | 'calm';

/** At most so many calls in any stretch of so long, and so far apart. */
export type Limit = { calls: number; withinMs: number; apartMs: number };

/**
 * Where calls are counted. A budget that replicas share makes their sum keep to Slack's limits.
 * `take` counts a call and answers with 0, or counts none and says how long to wait before the next try.
 */
export type Budget = {
  take(key: string, limit: Limit): Promise<number>;
  /** Slack has said that it is enough: no call for a while. */
  pause(key: string, ms: number): Promise<void>;
};

/** Of one process alone. */
export function createLocalBudget(time: Time): Budget {
  const taken = new Map<string, number[]>();
  const closed = new Map<string, number>();

  return {
    async take(key, { calls, withinMs, apartMs }) {
      const now = time.now();
      const recent = (taken.get(key) ?? []).filter((at) => now - at < withinMs);
      taken.set(key, recent);
      const opensAt = Math.max(
        closed.get(key) ?? 0,
        (recent.at(-1) ?? -Infinity) + apartMs,
        (recent.at(-calls) ?? -Infinity) + withinMs,
      );
      if (opensAt > now) return opensAt - now;
      recent.push(now);
      return 0;
    },
    async pause(key, ms) {
      closed.set(key, Math.max(closed.get(key) ?? 0, time.now() + ms));
    },
  };
}

/** Goes by the shared budget, and while that gives no answer by one of our own. */
export function withFallback(
  shared: Budget,
  time: Time,
  onFailure: (error: unknown) => void,
): Budget {
  const local = createLocalBudget(time);

  async function ask<T>(question: Promise<T>, otherwise: () => Promise<T>): Promise<T> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const cancel = time.after(SHARED_WITHIN_MS, () => reject(new Error('no answer in time')));
    try {
      return await Promise.race([question, late]);
    } catch (error) {
      onFailure(error);
      return otherwise();
    } finally {
      cancel();
    }
  }

  return {
    take: (key, limit) => ask(shared.take(key, limit), () => local.take(key, limit)),
    pause: (key, ms) => ask(shared.pause(key, ms), () => local.pause(key, ms)),
  };
}

/** A form must be open three seconds after the press, whatever counts the calls. */
const SHARED_WITHIN_MS = 400;
