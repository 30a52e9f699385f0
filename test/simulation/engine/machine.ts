import type { Time } from '#adapters/slack/time.ts';
import type { Clock } from '#ports/clock.ts';

import type { Journey, Line } from './line.ts';
import type { Schedule } from './schedule.ts';

/**
 * What befalls a call: the process dies of it, before it leaves or when it has been served; or there is
 * an error in place of an answer, whether it was served or not.
 */
export type Trouble = 'dies' | 'diesAfter' | 'fails' | 'losesAnswer';

/**
 * One process of the product, from its start to its death. It reaches everything by calls, and may
 * die at each of them: before the call leaves, or when it has been served and the answer is on its
 * way. What a dead process waited for never comes, so that nothing of it ever goes on. One that
 * sleeps gets everything that came meanwhile when it wakes.
 */
export type Machine = {
  name: string;
  clock: Clock;
  time: Time;
  isAlive(): boolean;
  isAwake(): boolean;
  call<T>(line: Line, what: string, serve: () => T, signal?: AbortSignal): Promise<T>;
  /** Lets something happen inside, once it lives and is awake. */
  inside(happen: () => void): void;
  die(): void;
  sleep(ms: number): void;
};

export type Surroundings = {
  schedule: Schedule;
  /** The moment of the beginning, for clocks. */
  epochMs: number;
  /** Asked at each call. */
  trouble: (line: Line, what: string) => Trouble | null;
  note: (who: string, what: string) => void;
};

export function createMachine(
  { schedule, epochMs, trouble, note }: Surroundings,
  options: {
    name: string;
    skewMs: number;
    onDeath: () => void;
    onSleep: () => void;
    onWake: (sleptMs: number) => void;
  },
): Machine {
  const { name, skewMs } = options;
  const backlog: (() => void)[] = [];
  let alive = true;
  let awake = true;

  function inside(happen: () => void): void {
    if (!alive) return;
    if (awake) happen();
    else backlog.push(happen);
  }

  function die(): void {
    if (!alive) return;
    alive = false;
    backlog.length = 0;
    note(name, 'dies');
    options.onDeath();
  }

  const isAwake = () => alive && awake;
  const now = () => epochMs + Math.floor(schedule.now()) + skewMs;

  function pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      schedule.after(ms, () => inside(resolve));
    });
  }

  return {
    name,
    inside,
    die,
    isAlive: () => alive,
    isAwake,

    clock: {
      now: () => new Date(now()),
      pause,
      deadline(ms) {
        const controller = new AbortController();
        schedule.after(ms, () => inside(() => controller.abort(timeout)));
        return controller.signal;
      },
    },

    time: {
      now,
      after(ms, run) {
        let wanted = true;
        schedule.after(ms, () => inside(() => wanted && run()));
        return () => {
          wanted = false;
        };
      },
    },

    call(line, what, serve, signal) {
      return new Promise((resolve, reject) => {
        if (!alive) return;
        if (signal?.aborted) return reject(signal.reason);
        const befalls = trouble(line, what);
        const { there, back, answered } = strained(line.journey(), befalls);
        if (befalls === 'dies') return schedule.after(0, die);
        if (there !== 0 || back !== 0) {
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        }
        const silence = () => inside(() => reject(line.silence()));
        if (there === null) {
          note(name, `${what} is lost`);
          return schedule.after(back, silence);
        }
        const arrive = () => {
          note(name, what);
          const answer = answerOf(serve);
          if (befalls === 'diesAfter') return schedule.after(0, die);
          const tell = () =>
            inside(() => ('error' in answer ? reject(answer.error) : resolve(answer.value)));
          if (answered && back === 0) tell();
          else schedule.after(back, answered ? tell : silence);
        };
        if (there === 0) arrive();
        else schedule.after(there, arrive);
      });
    },

    sleep(ms) {
      if (!alive || !awake) return;
      awake = false;
      note(name, 'falls asleep');
      options.onSleep();
      schedule.after(ms, () => {
        if (!alive) return;
        awake = true;
        note(name, 'wakes');
        // Timers come before whatever else has come.
        options.onWake(ms);
        // What one of them does may make the process sleep, or die, before the others come.
        while (isAwake() && backlog.length > 0) backlog.shift()?.();
      });
    },
  };
}

function strained(journey: Journey, trouble: Trouble | null): Journey {
  if (trouble === 'fails') return { there: null, back: 0, answered: false };
  return trouble === 'losesAnswer' ? { ...journey, answered: false } : journey;
}

const timeout = new DOMException('The operation was aborted due to timeout', 'TimeoutError');

function answerOf<T>(serve: () => T): { value: T } | { error: unknown } {
  try {
    return { value: serve() };
  } catch (error) {
    return { error };
  }
}
