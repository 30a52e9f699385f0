import { signature, type Labels, type Sample, type Series } from '#practice/shop/promql/series.ts';

export type SeriesStore = {
  /** Times must not go back. */
  append(atMs: number, values: readonly { labels: Labels; value: number }[]): void;
  /** Ends every series, as Prometheus does when a target cannot be scraped. */
  markStale(atMs: number): void;
  series(): readonly Series[];
};

/** Samples in memory, for as long as `retentionMs`. */
export function createSeriesStore({ retentionMs }: { retentionMs: number }): SeriesStore {
  const all = new Map<string, { labels: Labels; samples: Sample[] }>();

  function push(samples: Sample[], sample: Sample): void {
    samples.push(sample);
    const old = samples.findIndex(({ t }) => t > sample.t - retentionMs);
    samples.splice(0, old);
  }

  return {
    append(atMs, values) {
      for (const { labels, value } of values) {
        const key = signature(labels);
        const series = all.get(key) ?? { labels, samples: [] };
        push(series.samples, { t: atMs, v: value });
        all.set(key, series);
      }
    },

    markStale(atMs) {
      for (const { samples } of all.values()) {
        if (samples.at(-1)?.v !== null) push(samples, { t: atMs, v: null });
      }
    },

    series: () => [...all.values()],
  };
}
