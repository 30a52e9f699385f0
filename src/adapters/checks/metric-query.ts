import { z } from 'zod';

import { evaluate } from '#domain/expressions/evaluate.ts';
import { fillQuery } from '#domain/metrics/fill-query.ts';
import type { ServiceSettings, Settings } from '#domain/runbook/settings.ts';
import type { MeasurementRequest } from '#ports/checks.ts';
import { PortError } from '#ports/port-error.ts';

import { connectionFor } from './connection.ts';
import { inputsOf } from './outcome.ts';

const With = z.object({
  metric: z.string().optional(),
  query: z.string().optional(),
  connection: z.string().optional(),
  traffic: z.object({ metric: z.string(), atLeast: z.number() }).optional(),
});

export type MetricQuery = {
  connection: string;
  /** Its name in the settings; null for a query of the step's own. */
  metric: string | null;
  query: string;
  /** Below `atLeast` the value means nothing. */
  traffic: { query: string; atLeast: number } | null;
};

/** What a metric check asks, and of whom; a PortError where it can't be told. */
export function metricQuery(request: MeasurementRequest, settings: Settings): MetricQuery {
  const given = inputsOf(With, request);
  const service = settings.services[request.service];
  const connection = connectionFor(settings, request, {
    named: given.connection,
    role: 'metrics',
    types: ['prometheus'],
  });
  const named = given.metric === undefined ? undefined : metricOf(service, given.metric);
  const query = named === undefined ? given.query : filled(named.query, request);
  if (query === undefined) {
    throw new PortError('checks.metric', 'check.metric needs a metric or a query.', {
      retry: false,
    });
  }
  const guard = trafficGuard(service, given.traffic) ?? named?.traffic ?? null;
  return {
    connection,
    metric: given.metric ?? null,
    query,
    traffic: guard && { ...guard, query: filled(guard.query, request) },
  };
}

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
