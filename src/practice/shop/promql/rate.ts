/**
 * The increase of a counter over a window, as Prometheus extrapolates it: the first and the last
 * sample stand a little inside the window, so the slope between them is carried on to its edges,
 * but not further than half a step where samples are missing, and not below zero.
 *
 * Null with fewer than two samples. Follows `extrapolatedRate` in promql/functions.go.
 */
export function increase(
  samples: readonly { t: number; v: number }[],
  window: { startMs: number; endMs: number },
): number | null {
  const first = samples.at(0);
  const last = samples.at(-1);
  if (first === undefined || last === undefined || samples.length < 2) return null;

  const delta = last.v - first.v + lostToResets(samples);
  const sampled = last.t - first.t;
  const step = sampled / (samples.length - 1);
  const threshold = step * 1.1;

  let toStart = first.t - window.startMs;
  if (toStart >= threshold) toStart = step / 2;
  if (delta > 0 && first.v >= 0) toStart = Math.min(toStart, sampled * (first.v / delta));

  let toEnd = window.endMs - last.t;
  if (toEnd >= threshold) toEnd = step / 2;

  return delta * ((sampled + toStart + toEnd) / sampled);
}

/** A counter that goes down was started again from zero. */
function lostToResets(samples: readonly { v: number }[]): number {
  let lost = 0;
  let previous = 0;
  for (const { v } of samples) {
    if (v < previous) lost += previous;
    previous = v;
  }
  return lost;
}
