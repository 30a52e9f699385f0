import { describe, expect, it } from 'vitest';

import { kindOf } from '#domain/runbook/kind-of.ts';
import { PortError } from '#ports/port-error.ts';

import { measure, resultOf, type World } from './measure.ts';

const plenty = { labels: {}, value: 12 };
const sample = (value: number, labels: Record<string, string> = {}) => ({ labels, value });
const answering = (...series: readonly ReturnType<typeof sample>[]): World => ({
  series: (query) => (query === 'traffic' ? [plenty] : series),
});

describe('check.metric', () => {
  it('reads the query of the settings, filled in for the environment', async () => {
    const queries: string[] = [];
    const result = resultOf(
      await measure(
        'check.metric',
        { metric: 'error_rate' },
        {
          series: (query) => {
            queries.push(query);
            return query === 'traffic' ? [plenty] : [sample(0.42)];
          },
          request: { inputs: { environment: 'sta"ging' } },
        },
      ),
    );

    expect(queries).toContain('errors{environment="sta\\"ging"}');
    expect(result).toEqual({ value: 0.42, series: [{ labels: {}, value: 0.42 }] });
    expect(kindOf('check.metric')?.result.safeParse(result).error).toBeUndefined();
  });

  it('has no value without a series, for NaN, for infinity and for several series', async () => {
    expect(await resultIn(answering())).toEqual({ value: null, series: [] });
    for (const odd of [Number.NaN, Infinity, -Infinity]) {
      expect(await resultIn(answering(sample(odd)))).toEqual({
        value: null,
        series: [{ labels: {}, value: null }],
      });
    }
    expect(await resultIn(answering(sample(1, { pod: 'a' }), sample(2, { pod: 'b' })))).toEqual({
      value: null,
      series: [
        { labels: { pod: 'a' }, value: 1 },
        { labels: { pod: 'b' }, value: 2 },
      ],
    });
  });

  it.each([
    ['too little', [sample(0.05)]],
    ['none', []],
    ['NaN', [sample(Number.NaN)]],
  ])(
    'says nothing when the traffic is %s, however good the value looks',
    async (_name, traffic) => {
      const world: World = { series: (query) => (query === 'traffic' ? traffic : [sample(0)]) };

      expect(await measure('check.metric', { metric: 'error_rate' }, world)).toMatchObject({
        kind: 'unavailable',
        retry: false,
      });
    },
  );

  it('takes the guard of the step before that of the settings', async () => {
    const traffic = { metric: 'traffic', atLeast: 50 };

    expect(
      await measure('check.metric', { metric: 'error_rate', traffic }, answering(sample(0))),
    ).toMatchObject({ kind: 'unavailable', message: 'Not enough traffic: 12, and it takes 50.' });
  });

  it('says nothing when the query failed', async () => {
    const failure = new PortError('metrics.unreachable', 'no answer', { retry: true });
    const world: World = { series: () => Promise.reject(failure) };

    expect(await measure('check.metric', { query: 'up' }, world)).toEqual({
      kind: 'unavailable',
      message: 'no answer',
      retry: true,
    });
  });

  it('uses only connections that are marked for it in a drill', async () => {
    const world: World = { ...answering(sample(1)), request: { mode: 'drill' } };

    expect(await measure('check.metric', { query: 'up' }, world)).toMatchObject({
      kind: 'unavailable',
      message: 'The connection prometheus is not marked for drills.',
    });
    expect(
      await measure('check.metric', { query: 'up', connection: 'practice' }, world),
    ).toMatchObject({ kind: 'measured' });
  });

  it('names the metric or the connection that there is not', async () => {
    expect(await measure('check.metric', { metric: 'latency' })).toMatchObject({
      message: expect.stringContaining('latency'),
    });
    expect(await measure('check.metric', { query: 'up', connection: 'deploys' })).toMatchObject({
      message: 'The connection deploys is of type deploy-api, not prometheus.',
    });
  });
});

async function resultIn(world: World) {
  return resultOf(await measure('check.metric', { metric: 'error_rate' }, world));
}
