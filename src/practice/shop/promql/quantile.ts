import { signature, withoutName, type Labels, type Vector } from './series.ts';

type Bucket = { upper: number; count: number };

/** `histogram_quantile` over classic buckets, for each set of labels but `le`. */
export function histogramQuantile(quantile: number, vector: Vector): Vector {
  const histograms = new Map<string, { labels: Labels; buckets: Bucket[] }>();
  for (const { labels, value } of vector) {
    const { le, ...rest } = withoutName(labels);
    if (le === undefined) continue;

    const upper = le === '+Inf' ? Infinity : Number(le);
    if (Number.isNaN(upper)) continue;

    const key = signature(rest);
    const histogram = histograms.get(key) ?? { labels: rest, buckets: [] };
    histogram.buckets.push({ upper, count: value });
    histograms.set(key, histogram);
  }
  return [...histograms.values()].map(({ labels, buckets }) => ({
    labels,
    value: bucketQuantile(quantile, buckets),
  }));
}

/** Interpolates inside the bucket that holds the rank, as `bucketQuantile` in promql/quantile.go. */
function bucketQuantile(quantile: number, unsorted: readonly Bucket[]): number {
  if (Number.isNaN(quantile)) return Number.NaN;
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;

  const buckets = unsorted.toSorted((a, b) => a.upper - b.upper);
  const total = buckets.at(-1);
  const lastFinite = buckets.at(-2);
  if (total?.upper !== Infinity || lastFinite === undefined) return Number.NaN;
  if (!(total.count > 0)) return Number.NaN;

  const rank = quantile * total.count;
  const index = buckets.findIndex(({ count }) => count >= rank);
  const bucket = buckets[index];
  if (bucket === undefined || bucket === total) return lastFinite.upper;
  if (index === 0 && bucket.upper <= 0) return bucket.upper;

  const below = buckets[index - 1] ?? { upper: 0, count: 0 };
  const share = (rank - below.count) / (bucket.count - below.count);
  return below.upper + (bucket.upper - below.upper) * share;
}
