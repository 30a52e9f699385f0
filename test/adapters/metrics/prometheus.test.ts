import { text } from 'node:stream/consumers';

import { describe, expect, it } from 'vitest';

import { createPrometheus } from '#adapters/metrics/prometheus.ts';
import { createOutbound } from '#adapters/outbound/outbound.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import { serve } from '#test/support/serve.ts';

const options = { timeoutMs: 2_000, signal: new AbortController().signal };

describe('a query', () => {
  it('is sent whole, and its series read with their labels', async () => {
    await using server = await prometheus((query) =>
      vector([{ metric: { query }, value: [1, '0.25'] }]),
    );

    const query = 'up{a="b&c=%"}';
    expect(await at(server.url).query('prometheus', query, options)).toEqual([
      { labels: { query }, value: 0.25 },
    ]);
  });

  it.each([
    ['NaN', Number.NaN],
    ['+Inf', Infinity],
    ['-Inf', -Infinity],
    ['1e-05', 0.00001],
    ['0', 0],
  ])('reads %s as what it is', async (value, expected) => {
    await using server = await prometheus(() => vector([{ metric: {}, value: [1, value] }]));

    const [sample] = await at(server.url).query('prometheus', 'up', options);
    expect(sample?.value).toBe(expected);
  });

  it('without series is empty, and a scalar is one sample', async () => {
    await using empty = await prometheus(() => vector([]));
    await using scalar = await prometheus(() => ({
      status: 'success',
      data: { resultType: 'scalar', result: [1, '42'] },
    }));

    expect(await at(empty.url).query('prometheus', 'up', options)).toEqual([]);
    expect(await at(scalar.url).query('prometheus', '42', options)).toEqual([
      { labels: {}, value: 42 },
    ]);
  });

  it('that is wrong will not be right later', async () => {
    const error = { status: 'error', errorType: 'bad_data', error: 'parse error' };
    await using server = await prometheus(() => error);

    await expect(at(server.url).query('prometheus', 'up{', options)).rejects.toMatchObject({
      code: 'metrics.refused',
      retry: false,
      message: 'Prometheus refused the query: parse error',
    });
  });

  it.each([{}, { status: 'success', data: { resultType: 'matrix', result: [] } }])(
    'with an answer such as %j is no data at all',
    async (answer) => {
      await using server = await prometheus(() => answer);

      await expect(at(server.url).query('prometheus', 'up', options)).rejects.toMatchObject({
        code: 'metrics.badAnswer',
      });
    },
  );

  it('of a connection that is not there names it', async () => {
    await expect(at('http://127.0.0.1:1').query('other', 'up', options)).rejects.toThrow('other');
  });
});

describe('a range of a query', () => {
  it('has a number, or what stands for none, at each step', async () => {
    await using server = await prometheus((query) => ({
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: { query },
            values: [
              [100, '0.5'],
              [110, 'NaN'],
            ],
          },
        ],
      },
    }));

    const window = { from: 100, to: 110, step: 10 };
    expect(await at(server.url).range('prometheus', 'up', window, options)).toEqual([
      {
        labels: { query: 'up' },
        points: [
          { at: 100, value: 0.5 },
          { at: 110, value: Number.NaN },
        ],
      },
    ]);
  });

  it('with the answer to another question is no data at all', async () => {
    await using server = await prometheus(() => vector([]));

    const window = { from: 100, to: 110, step: 10 };
    await expect(at(server.url).range('prometheus', 'up', window, options)).rejects.toMatchObject({
      code: 'metrics.badAnswer',
    });
  });
});

async function prometheus(answer: (query: string) => object) {
  return serve((request, response) => {
    const respond = async () => {
      const query = new URLSearchParams(await text(request)).get('query') ?? '';
      response.end(JSON.stringify(answer(query)));
    };
    void respond();
  });
}

function vector(result: readonly object[]): object {
  return { status: 'success', data: { resultType: 'vector', result } };
}

function at(url: string) {
  return createPrometheus({
    outbound: createOutbound({
      settings: () => ({ allow: ['127.0.0.1'], hosts: {}, nameServers: [], ca: null }),
    }),
    secrets: createSecrets({ env: {} }),
    connections: () => ({ prometheus: { type: 'prometheus', url, drill: false, options: {} } }),
  });
}
