import type { Time } from './time.ts';

export type Bucket = {
  /** Waits for a turn; the urgent go before the others, otherwise in order. False: `ms` were over. */
  take(urgent: boolean, ms: number): Promise<boolean>;
  /** Gives no turn for a while: Slack has said that it is enough. */
  pause(ms: number): void;
};

type Waiter = { urgent: boolean; settle: (turn: boolean) => void };

/** A token bucket with a queue: `burst` at once, refilled at `perMinute`. */
export function createBucket(rate: { perMinute: number; burst: number }, time: Time): Bucket {
  const perToken = 60_000 / rate.perMinute;
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
    const turns = now < closedUntil ? 0 : Math.floor(tokens);
    for (const waiter of waiters.splice(0, turns)) {
      tokens -= 1;
      waiter.settle(true);
    }
    if (waiters.length === 0) return;
    const wait = Math.max(closedUntil - now, Math.ceil((1 - tokens) * perToken), 1);
    wake = time.after(wait, serve);
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
