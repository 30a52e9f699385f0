import { describe, expect, it } from 'vitest';

import { createMetricSeries } from '#adapters/checks/metric-series.ts';
import { systemClock } from '#adapters/system/clock.ts';
import type { Metrics, RangeSample } from '#ports/metrics.ts';
import { PortError } from '#ports/port-error.ts';
import { settings } from '#test/support/runbooks.ts';

const from = '2026-11-24T09:00:00.000Z';
const to = '2026-11-24T09:20:00.000Z';
const start = Date.parse(from) / 1_000;

describe('the past of a metric', () => {
  it('is asked of the query of the settings, in so many steps', async () => {
    const asked: unknown[] = [];
    const series = seriesOn(async (...request) => {
      asked.push(request.slice(0, 3));
      return [];
    });
    await read(series, { metric: 'error_rate' });

    expect(asked).toEqual([
      [
        'prometheus',
        'errors{environment="production"}',
        { from: start, to: start + 1_200, step: 10 },
      ],
    ]);
  });

  it('has gaps where the back end has no number', async () => {
    const series = seriesOn(async () => [
      line([0, 0.123456], [10, Number.NaN], [20, Infinity], [30, 0]),
    ]);

    expect(await read(series, { metric: 'error_rate' })).toEqual({
      kind: 'observed',
      metric: 'error_rate',
      points: [
        [0, 0.1235],
        [10, null],
        [20, null],
        [30, 0],
      ],
    });
  });

  it.each([
    ['no series', async () => []],
    ['two series', async () => [line([0, 1]), line([0, 2])]],
    [
      'no answer',
      async () => {
        throw new PortError('metrics.unreachable', 'Prometheus gave no answer', { retry: true });
      },
    ],
  ])('is not there for %s', async (_name, range) => {
    expect(await read(seriesOn(range), { query: 'up' })).toMatchObject({ kind: 'unavailable' });
  });

  it('is not waited for longer than asked', async () => {
    const series = seriesOn(
      (_connection, _query, _window, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        }),
    );

    expect(await read(series, { query: 'up' }, 10)).toEqual({
      kind: 'unavailable',
      message: 'No answer in time.',
    });
  });

  it('is not there for a metric that the settings do not have', async () => {
    expect(
      await read(
        seriesOn(async () => []),
        { metric: 'latency' },
      ),
    ).toEqual({
      kind: 'unavailable',
      message: 'The service has no metric latency in the settings.',
    });
  });
});

function seriesOn(range: Metrics['range']) {
  const [checkout] = Object.values(settings.services);
  const query = 'errors{environment="${{ inputs.environment }}"}';
  const metrics = { error_rate: { query, traffic: null } };
  return createMetricSeries({
    clock: systemClock,
    metrics: { query: () => Promise.reject(new Error('not asked')), range },
    settings: () => ({
      ...settings,
      services: checkout
        ? { checkout: { ...checkout, metrics, connections: { metrics: 'prometheus' } } }
        : {},
      connections: {
        prometheus: { type: 'prometheus', url: 'http://p', drill: false, options: {} },
      },
    }),
  });
}

function read(
  series: ReturnType<typeof seriesOn>,
  inputs: Readonly<Record<string, string>>,
  timeoutMs = 1_000,
) {
  return series.read(
    {
      uses: 'check.metric',
      with: inputs,
      service: 'checkout',
      environment: 'production',
      startedAt: from,
      inputs: {},
      mode: 'live',
    },
    { from, to, points: 120 },
    { timeoutMs, signal: new AbortController().signal },
  );
}

function line(...points: readonly [number, number][]): RangeSample {
  return { labels: {}, points: points.map(([at, value]) => ({ at: start + at, value })) };
}
