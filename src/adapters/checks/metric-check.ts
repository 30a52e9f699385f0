import { z } from 'zod';

import { evaluate } from '#domain/expressions/evaluate.ts';
import { fillQuery } from '#domain/metrics/fill-query.ts';
import type { ServiceSettings } from '#domain/runbook/settings.ts';
import type { MeasurementRequest } from '#ports/checks.ts';
import type { Sample } from '#ports/metrics.ts';
import { PortError } from '#ports/port-error.ts';

import type { CheckKind } from './check-kind.ts';
import { connectionFor } from './connection.ts';
import { inputsOf, measured, unavailable } from './outcome.ts';

/** A query that matches everything is cut here: more is no evidence that anybody reads. */
const MAX_SERIES = 20;

const With = z.object({
  metric: z.string().optional(),
  query: z.string().optional(),
  connection: z.string().optional(),
  traffic: z.object({ metric: z.string(), atLeast: z.number() }).optional(),
});

/**
 * Reads one number. No series, NaN and infinity are a result without a value, which the step's
 * `noData` decides about; too little traffic and several series say nothing either way.
 */
export const metricCheck: CheckKind = {
  async measure(request, options, { metrics, settings }) {
    const given = inputsOf(With, request);
    const current = settings();
    const service = current.services[request.service];
    const connection = connectionFor(current, request, {
      named: given.connection,
      role: 'metrics',
      types: ['prometheus'],
    });
    const ask = (query: string) => metrics.query(connection, query, options);

    const named = given.metric === undefined ? undefined : metricOf(service, given.metric);
    const query = named === undefined ? given.query : filled(named.query, request);
    if (query === undefined) return unavailable('check.metric needs a metric or a query.');
    const guard = trafficGuard(service, given.traffic) ?? named?.traffic ?? null;

    const [series, traffic] = await Promise.all([
      ask(query),
      guard === null ? null : ask(filled(guard.query, request)),
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
      `${given.metric ?? 'the query'} ${summaryOf(series)}`,
    );
  },
};

function metricOf(service: ServiceSettings | undefined, name: string) {
  const metric = service?.metrics[name];
  if (metric !== undefined) return metric;
  throw new PortError('checks.metric', `The service has no metric ${name} in the settings.`, {
    retry: false,
  });
}

function trafficGuard(
  service: ServiceSettings | undefined,
  given: { metric: string; atLeast: number } | undefined,
) {
  if (given === undefined) return null;
  return { query: metricOf(service, given.metric).query, atLeast: given.atLeast };
}

function filled(template: string, { inputs, environment, service }: MeasurementRequest): string {
  const scope = { inputs: { environment, service, ...inputs }, inputSpecs: {}, steps: {} };
  const query = fillQuery(template, (expression) => evaluate(expression, scope));
  if (query.ok) return query.query;
  throw new PortError('checks.query', `The query of the metric is wrong: ${query.error}.`, {
    retry: false,
  });
}

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
