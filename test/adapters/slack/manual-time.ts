import type { Time } from '#adapters/slack/time.ts';

/** Time that stands still until the test moves it; timers run in order as it passes them. */
export function createManualTime(startedAt = 0): Time & { advance(ms: number): Promise<void> } {
  type Timer = { at: number; run: () => void };
  const timers = new Set<Timer>();
  let now = startedAt;

  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        await settled();
        const [next] = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = end;
      await settled();
    },
  };
}

/** Lets everything run that waits for nothing but its turn. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
