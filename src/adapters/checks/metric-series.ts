import type { Settings } from '#domain/runbook/settings.ts';
import type { Clock } from '#ports/clock.ts';
import type { Metrics, RangeSample } from '#ports/metrics.ts';
import { PortError } from '#ports/port-error.ts';
import type { Series, SeriesOutcome } from '#ports/series.ts';

import { metricQuery } from './metric-query.ts';

/** A shorter step shows nothing more: no back end looks more often. */
const SHORTEST_STEP_SECONDS = 0.5;

/** A back end's own deadline fires first, and says more. */
const MARGIN_MS = 250;

/** The port `Series` on the metrics back end. */
export function createMetricSeries(deps: {
  metrics: Metrics;
  settings: () => Settings;
  clock: Pick<Clock, 'deadline'>;
}): Series {
  return {
    async read(request, { from, to, points }, { timeoutMs, signal }) {
      signal.throwIfAborted();
      const deadline = deps.clock.deadline(timeoutMs + MARGIN_MS);
      const options = { timeoutMs, signal: AbortSignal.any([signal, deadline]) };
      try {
        const { connection, metric, query } = metricQuery(request, deps.settings());
        const [start, end] = [Date.parse(from) / 1_000, Date.parse(to) / 1_000];
        const step = Math.max(SHORTEST_STEP_SECONDS, (end - start) / points);
        const window = { from: start, to: end, step };
        return seriesOf(
          metric,
          start,
          await deps.metrics.range(connection, query, window, options),
        );
      } catch (error) {
        signal.throwIfAborted();
        if (deadline.aborted) return { kind: 'unavailable', message: 'No answer in time.' };
        if (!(error instanceof PortError)) throw error;
        return { kind: 'unavailable', message: error.message };
      }
    },
  };
}

function seriesOf(
  metric: string | null,
  start: number,
  found: readonly RangeSample[],
): SeriesOutcome {
  const [only] = found;
  if (only === undefined || found.length > 1) {
    return { kind: 'unavailable', message: `${found.length} series where one is needed` };
  }
  const points = only.points.map(({ at, value }): [number, number | null] => [
    Number((at - start).toFixed(1)),
    Number.isFinite(value) ? Number(value.toPrecision(4)) : null,
  ]);
  return { kind: 'observed', metric, points };
}
