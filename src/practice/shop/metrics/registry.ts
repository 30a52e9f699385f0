import type { Labels } from '#practice/shop/promql/series.ts';

/** Upper bounds in seconds. */
const BUCKETS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Counters and histograms of a program, as a scrape would find them. */
export type Registry = {
  /** Adding 0 makes the counter exist, so that its first rise is seen. */
  add(name: string, labels: Labels, amount: number): void;
  observe(name: string, labels: Labels, seconds: number): void;
  scrape(): readonly { labels: Labels; value: number }[];
};

export function createRegistry(): Registry {
  const counters = new Map<string, { labels: Labels; value: number }>();

  function add(name: string, labels: Labels, amount: number): void {
    const named = { __name__: name, ...labels };
    const key = JSON.stringify(named);
    const counter = counters.get(key) ?? { labels: named, value: 0 };
    counter.value += amount;
    counters.set(key, counter);
  }

  return {
    add,

    observe(name, labels, seconds) {
      for (const bound of BUCKETS) {
        add(`${name}_bucket`, { ...labels, le: String(bound) }, seconds <= bound ? 1 : 0);
      }
      add(`${name}_bucket`, { ...labels, le: '+Inf' }, 1);
      add(`${name}_sum`, labels, seconds);
      add(`${name}_count`, labels, 1);
    },

    scrape: () => [...counters.values()].map(({ labels, value }) => ({ labels, value })),
  };
}
