import { Hono, type Context } from 'hono';

import type { NodeApp } from '#practice/shop/net/serve-app.ts';
import { PromqlError } from '#practice/shop/promql/error.ts';
import { evaluate, type Value } from '#practice/shop/promql/evaluate.ts';
import { parsePromql } from '#practice/shop/promql/parse.ts';
import { signature, type Labels } from '#practice/shop/promql/series.ts';

import { readSteps, readTime } from './query-time.ts';
import type { SeriesStore } from './series-store.ts';

type Parameter = (name: string) => string | undefined;

/** Prometheus's HTTP API over a store: `/api/v1/query` and `/api/v1/query_range`, GET or POST. */
export function createPrometheusApp(deps: {
  store: SeriesStore;
  now: () => Date;
  down: () => boolean;
}): NodeApp {
  const app: NodeApp = new Hono();

  app.use(async (context, next) => {
    if (deps.down()) return context.text('Service Unavailable', 503);
    await next();
    return context.res;
  });

  app.get('/-/healthy', (context) => context.text('Prometheus is Healthy.\n'));

  app.on(['GET', 'POST'], '/api/v1/query', (context) =>
    answer(context, (parameter) => {
      const at = readTime(parameter('time') ?? String(deps.now().getTime() / 1000), 'time');
      return describeInstant(queryOver(deps.store, parameter)(at), at);
    }),
  );

  app.on(['GET', 'POST'], '/api/v1/query_range', (context) =>
    answer(context, (parameter) =>
      describeRange(queryOver(deps.store, parameter), readSteps(parameter)),
    ),
  );

  return app;
}

async function answer(context: Context, query: (parameter: Parameter) => object) {
  try {
    const form =
      context.req.method === 'POST' ? new URLSearchParams(await context.req.text()) : null;
    const data = query((name) => form?.get(name) ?? context.req.query(name));
    return context.json({ status: 'success', data });
  } catch (error) {
    if (!(error instanceof PromqlError)) throw error;
    const body = { status: 'error', errorType: error.type, error: error.message };
    return context.json(body, error.type === 'bad_data' ? 400 : 422);
  }
}

function queryOver(store: SeriesStore, parameter: Parameter): (at: number) => Value {
  const expression = parsePromql(parameter('query') ?? '');
  return (at) => evaluate(expression, { series: store.series(), atMs: at * 1000 });
}

function describeInstant(value: Value, at: number): object {
  if (typeof value === 'number') return { resultType: 'scalar', result: [at, spell(value)] };
  return {
    resultType: 'vector',
    result: value.map((sample) => ({ metric: sample.labels, value: [at, spell(sample.value)] })),
  };
}

function describeRange(query: (at: number) => Value, moments: readonly number[]): object {
  const rows = new Map<string, { metric: Labels; values: [number, string][] }>();
  for (const at of moments) {
    const value = query(at);
    const vector = typeof value === 'number' ? [{ labels: {}, value }] : value;
    for (const sample of vector) {
      const key = signature(sample.labels);
      const row = rows.get(key) ?? { metric: sample.labels, values: [] };
      row.values.push([at, spell(sample.value)]);
      rows.set(key, row);
    }
  }
  return { resultType: 'matrix', result: [...rows.values()] };
}

function spell(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
