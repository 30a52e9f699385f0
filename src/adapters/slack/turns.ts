import type { Budget, Limit, Rank } from './budget.ts';
import type { Time } from './time.ts';

/** How many calls there may be before one of a rank: the more urgent find room that the others left. */
export type Pace = {
  calls: Readonly<Record<Rank, number>>;
  withinMs: number;
  /** Between two of the calm. */
  apartMs?: number;
};

export type Turns = {
  /** Waits for a turn; the more urgent go first, otherwise in order. False: `ms` were over. */
  take(rank: Rank, ms: number): Promise<boolean>;
  /** Gives no turn for a while: Slack has said that it is enough. */
  pause(ms: number): void;
};

type Waiter = { rank: Rank; settle: (turn: boolean) => void };

const ranks: readonly Rank[] = ['now', 'soon', 'calm'];

/** The queue before one budget: one asks at a time, for whoever is at its head by then. */
export function createTurns(deps: { budget: Budget; key: string; pace: Pace; time: Time }): Turns {
  const { budget, key, pace, time } = deps;
  const waiters: Waiter[] = [];
  let serving = false;
  let wake: (() => void) | null = null;

  async function serve(): Promise<void> {
    for (let head = waiters[0]; head !== undefined; head = waiters[0]) {
      const waitMs = await budget.take(key, limitFor(head.rank, pace));
      if (waitMs > 0) await pauseFor(waitMs);
      else waiters.shift()?.settle(true);
    }
    serving = false;
  }

  /** Until the time is over or somebody else is at the head. */
  function pauseFor(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = time.after(Math.ceil(ms), resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  }

  return {
    take(rank, ms) {
      return new Promise((resolve) => {
        const waiter: Waiter = {
          rank,
          settle(turn) {
            cancelDeadline();
            resolve(turn);
          },
        };
        const cancelDeadline = time.after(Math.max(ms, 0), () => {
          waiters.splice(waiters.indexOf(waiter), 1);
          resolve(false);
          wake?.();
        });
        const behind = waiters.findIndex(
          (other) => ranks.indexOf(other.rank) > ranks.indexOf(rank),
        );
        waiters.splice(behind < 0 ? waiters.length : behind, 0, waiter);
        if (waiters[0] === waiter) wake?.();
        if (serving) return;
        serving = true;
        void serve();
      });
    },

    pause(ms) {
      void budget.pause(key, ms);
    },
  };
}

function limitFor(rank: Rank, { calls, withinMs, apartMs = 0 }: Pace): Limit {
  return { calls: calls[rank], withinMs, apartMs: rank === 'calm' ? apartMs : 0 };
}
