import type { Time } from './time.ts';

export type Bucket = {
  /** Waits for a turn; the urgent go before the others, otherwise in order. False: `ms` were over. */
  take(urgent: boolean, ms: number): Promise<boolean>;
  /** Gives no turn for a while: Slack has said that it is enough. */
  pause(ms: number): void;
};

type Waiter = { urgent: boolean; settle: (turn: boolean) => void };

/**
 * A token bucket with a queue: `burst` at once, refilled at `perMinute`. The last `reserve` turns are
 * kept for the urgent, so that progress never uses up what a press needs at once.
 */
export function createBucket(
  rate: { perMinute: number; burst: number; reserve?: number },
  time: Time,
): Bucket {
  const perToken = 60_000 / rate.perMinute;
  const reserve = rate.reserve ?? 0;
  const waiters: Waiter[] = [];
  let tokens: number = rate.burst;
  let countedAt = time.now();
  let closedUntil = 0;
  let wake: (() => void) | null = null;

  function serve(): void {
    wake?.();
    wake = null;

    const now = time.now();
    tokens = Math.min(rate.burst, tokens + (now - countedAt) / perToken);
    countedAt = now;
    for (let next = waiters[0]; next !== undefined; next = waiters[0]) {
      const missing = needed(next) - tokens;
      if (now < closedUntil || missing > 0) {
        wake = time.after(Math.max(closedUntil - now, Math.ceil(missing * perToken), 1), serve);
        return;
      }
      waiters.shift();
      tokens -= 1;
      next.settle(true);
    }
  }

  function needed(waiter: Waiter): number {
    return waiter.urgent ? 1 : 1 + reserve;
  }

  return {
    take(urgent, ms) {
      return new Promise((resolve) => {
        const waiter: Waiter = {
          urgent,
          settle(turn) {
            cancelDeadline();
            resolve(turn);
          },
        };
        const cancelDeadline = time.after(ms, () => {
          waiters.splice(waiters.indexOf(waiter), 1);
          resolve(false);
        });
        const firstCalm = waiters.findIndex((other) => !other.urgent);
        if (urgent && firstCalm >= 0) waiters.splice(firstCalm, 0, waiter);
        else waiters.push(waiter);
        serve();
      });
    },

    pause(ms) {
      closedUntil = Math.max(closedUntil, time.now() + ms);
    },
  };
}
