import { describe, expect, it } from 'vitest';

import { createPrometheusApp } from '#practice/shop/metrics/prometheus-app.ts';
import { createRegistry } from '#practice/shop/metrics/registry.ts';
import { createSeriesStore } from '#practice/shop/metrics/series-store.ts';
import { serveApp } from '#practice/shop/net/serve-app.ts';

describe("Prometheus's HTTP API", () => {
  it('answers with a vector, numbers as text', async () => {
    await using prometheus = await openPrometheus();

    expect(await prometheus.query('orders_total')).toEqual({
      status: 200,
      body: {
        status: 'success',
        data: {
          resultType: 'vector',
          result: [{ metric: { __name__: 'orders_total', code: '201' }, value: [100, '30'] }],
        },
      },
    });
  });

  it('answers 200 to 0/0, with NaN, and to what does not exist, with nothing', async () => {
    await using prometheus = await openPrometheus();

    expect(await prometheus.query('vector(0) / vector(0)')).toMatchObject({
      status: 200,
      body: { data: { result: [{ metric: {}, value: [100, 'NaN'] }] } },
    });
    expect(await prometheus.query('sum(nothing)')).toMatchObject({
      status: 200,
      body: { data: { result: [] } },
    });
    expect(await prometheus.query('-1/0')).toMatchObject({
      body: { data: { resultType: 'scalar', result: [100, '-Inf'] } },
    });
  });

  it('answers 400 to a bad query and 422 to one that the data does not fit', async () => {
    await using prometheus = await openPrometheus();

    expect(await prometheus.query('sum(')).toMatchObject({
      status: 400,
      body: { status: 'error', errorType: 'bad_data', error: expect.stringContaining('parse') },
    });
    expect(await prometheus.query('(orders_total or vector(1)) + on(x) vector(1)')).toMatchObject({
      status: 422,
      body: { status: 'error', errorType: 'execution' },
    });
    expect(await prometheus.query('1', { time: 'noon' })).toMatchObject({ status: 400 });
  });

  it('takes the query from a posted form, at the time asked for', async () => {
    await using prometheus = await openPrometheus();
    const response = await fetch(`${prometheus.url}/api/v1/query`, {
      method: 'POST',
      body: new URLSearchParams({ query: 'orders_total', time: '1970-01-01T00:01:25Z' }),
    });

    expect(await response.json()).toMatchObject({
      data: { result: [{ value: [85, '10'] }] },
    });
  });

  it('answers a range with one row for each series', async () => {
    await using prometheus = await openPrometheus();
    const range = { start: '80', end: '100', step: '10s' };

    expect(await prometheus.query('orders_total', range)).toMatchObject({
      status: 200,
      body: {
        data: {
          resultType: 'matrix',
          result: [
            {
              values: [
                [80, '10'],
                [90, '20'],
                [100, '30'],
              ],
            },
          ],
        },
      },
    });
    expect(await prometheus.query('1', { ...range, step: '0' })).toMatchObject({ status: 400 });
    expect(await prometheus.query('1', { ...range, end: '10' })).toMatchObject({ status: 400 });
    expect(await prometheus.query('1', { ...range, end: '1e9' })).toMatchObject({ status: 400 });
  });

  it('answers 503 while it is down', async () => {
    await using prometheus = await openPrometheus({ down: true });

    expect((await fetch(`${prometheus.url}/api/v1/query?query=1`)).status).toBe(503);
  });
});

describe('series store', () => {
  it('forgets what is older than its retention', () => {
    const store = createSeriesStore({ retentionMs: 1000 });
    for (const atMs of [0, 500, 1000, 1500]) store.append(atMs, [{ labels: {}, value: atMs }]);

    expect(store.series()[0]?.samples.map(({ t }) => t)).toEqual([1000, 1500]);
  });

  it('marks the end of a series once', () => {
    const store = createSeriesStore({ retentionMs: 1000 });
    store.append(0, [{ labels: {}, value: 1 }]);
    store.markStale(10);
    store.markStale(20);

    expect(store.series()[0]?.samples).toEqual([
      { t: 0, v: 1 },
      { t: 10, v: null },
    ]);
  });
});

describe('registry', () => {
  it('counts an observation in each bucket that it fits in', () => {
    const registry = createRegistry();
    registry.observe('seconds', {}, 0.3);
    registry.observe('seconds', {}, 7);

    const counts = Object.fromEntries(
      registry.scrape().map(({ labels, value }) => [labels['le'] ?? labels['__name__'], value]),
    );
    expect(counts).toMatchObject({
      '0.25': 0,
      '0.5': 1,
      '5': 1,
      '+Inf': 2,
      seconds_count: 2,
      seconds_sum: 7.3,
    });
  });
});

/** 10, 20 and 30 orders at 80 s, 90 s and 100 s, which is now. */
async function openPrometheus({ down = false } = {}) {
  const store = createSeriesStore({ retentionMs: 60_000 });
  for (const [seconds, value] of [
    [80, 10],
    [90, 20],
    [100, 30],
  ] as const) {
    store.append(seconds * 1000, [{ labels: { __name__: 'orders_total', code: '201' }, value }]);
  }
  const served = await serveApp(
    createPrometheusApp({ store, now: () => new Date(100_000), down: () => down }),
  );

  return {
    url: served.url,
    async query(query: string, parameters: Record<string, string> = {}) {
      const kind = 'step' in parameters ? 'query_range' : 'query';
      const response = await fetch(
        `${served.url}/api/v1/${kind}?${new URLSearchParams({ query, ...parameters }).toString()}`,
      );
      return { status: response.status, body: await response.json() };
    },
    [Symbol.asyncDispose]: () => served.close(),
  };
}
