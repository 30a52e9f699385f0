const SPAN_MS = 10_000;

/** How customers fared over the last ten seconds; null where none of them was answered. */
export type Lately = { perSecond: number; errorRate: number | null; p95Seconds: number | null };

type Answered = { at: number; failed: boolean; seconds: number };

/** What is seen from behind the counter, with no metrics between. */
export function createLately(now: () => number = () => performance.now()) {
  const answered: Answered[] = [];

  function forgetOld(): void {
    const first = answered.findIndex(({ at }) => at > now() - SPAN_MS);
    answered.splice(0, first === -1 ? answered.length : first);
  }

  return {
    add(order: { failed: boolean; seconds: number }): void {
      forgetOld();
      answered.push({ at: now(), ...order });
    },

    now(): Lately {
      forgetOld();
      const count = answered.length;
      if (count === 0) return { perSecond: 0, errorRate: null, p95Seconds: null };
      const times = answered.map(({ seconds }) => seconds).toSorted((one, other) => one - other);
      return {
        perSecond: count / (SPAN_MS / 1000),
        errorRate: answered.filter(({ failed }) => failed).length / count,
        p95Seconds: times[Math.ceil(count * 0.95) - 1] ?? null,
      };
    },
  };
}
