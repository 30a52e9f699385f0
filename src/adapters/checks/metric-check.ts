import { metricName } from '#domain/metrics/metric-name.ts';
import type { Sample } from '#ports/metrics.ts';

import type { CheckKind } from './check-kind.ts';
import { metricQuery } from './metric-query.ts';
import { measured, unavailable } from './outcome.ts';

/** A query that matches everything is cut here: more is no evidence that anybody reads. */
const MAX_SERIES = 20;

/**
 * Reads one number. No series, NaN and infinity are a result without a value, which the step's
 * `noData` decides about; too little traffic and several series say nothing either way.
 */
export const metricCheck: CheckKind = {
  async measure(request, options, { metrics, settings }) {
    const { connection, metric, query, traffic: guard } = metricQuery(request, settings());
    const ask = (text: string) => metrics.query(connection, text, options);

    const [series, traffic] = await Promise.all([
      ask(query),
      guard === null ? null : ask(guard.query),
    ]);
    if (guard !== null && traffic !== null) {
      const amount = traffic.length === 1 ? finite(traffic[0]) : null;
      if (amount === null) return unavailable('How much traffic there is could not be read.');
      if (amount < guard.atLeast) {
        return unavailable(`Not enough traffic: ${amount}, and it takes ${guard.atLeast}.`);
      }
    }
    return measured(
      {
        value: series.length === 1 ? finite(series[0]) : null,
        series: series.slice(0, MAX_SERIES).map((sample) => ({
          labels: sample.labels,
          value: finite(sample),
        })),
      },
      `${metricName(metric ?? null)} ${summaryOf(series)}`,
    );
  },
};

function finite(sample: Sample | undefined): number | null {
  return sample !== undefined && Number.isFinite(sample.value) ? sample.value : null;
}

function summaryOf(series: readonly Sample[]): string {
  const [first] = series;
  if (first === undefined) return 'has no series';
  return series.length === 1 ? `is ${shortNumber(first.value)}` : `has ${series.length} series`;
}

/** Three digits that mean something; the whole number stands in the result. */
function shortNumber(value: number | null): string {
  return value === null ? 'no number' : String(Number(value.toPrecision(3)));
}
