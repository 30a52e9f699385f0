import { describe, expect, it } from 'vitest';

import { evaluate } from '#practice/shop/promql/evaluate.ts';
import { parsePromql } from '#practice/shop/promql/parse.ts';
import type { Labels, Sample, Series } from '#practice/shop/promql/series.ts';

// Every ten seconds from 0 s to 60 s.
const orders = [
  counter({ code: '201', instance: 'a' }, [0, 10, 20, 30, 40, 50, 60]),
  counter({ code: '201', instance: 'b' }, [0, 20, 40, 60, 80, 100, 120]),
  counter({ code: '500', instance: 'a' }, [0, 0, 0, 0, 10, 20, 30]),
  counter({ code: '503', instance: 'a' }, [0, 0, 0, 0, 0, 0, 0]),
];

describe('rate and increase', () => {
  it.each([
    ['samples that reach both edges', [10, 20, 30, 40, 50, 60], [10, 20, 30, 40, 50, 60], 60],
    [
      'half a step beyond the first sample where earlier ones are missing',
      [40, 50, 60],
      [100, 110, 120],
      25,
    ],
    [
      'half a step beyond the last sample where later ones are missing',
      [10, 20, 30],
      [100, 110, 120],
      35,
    ],
    ['not below the zero that the counter began with', [40, 50, 60], [2, 12, 22], 22],
    ['a counter that was started again', [10, 20, 30, 40, 50, 60], [5, 8, 2, 4, 4, 4], 8.4],
  ])('carries the increase on over %s', (_, seconds, values, expected) => {
    const series = [sampled({ __name__: 'x' }, seconds, values)];

    expect(value('increase(x[60s])', series)).toBeCloseTo(expected, 10);
    expect(value('rate(x[1m])', series)).toBeCloseTo(expected / 60, 10);
  });

  it('leaves out the sample at the very start of the window', () => {
    expect(
      value('increase(x[30s])', [sampled({ __name__: 'x' }, [30, 40, 50, 60], [0, 90, 91, 92])]),
    ).toBe(3);
  });

  it('says nothing from a single sample', () => {
    expect(ask('rate(x[1m])', [sampled({ __name__: 'x' }, [50], [7])])).toEqual([]);
  });

  it('looks at an earlier window with an offset', () => {
    expect(
      value('increase(x[30s] offset 30s)', [
        sampled({ __name__: 'x' }, [10, 20, 30, 40, 50, 60], [1, 2, 3, 50, 60, 70]),
      ]),
    ).toBe(3);
  });
});

describe('selectors', () => {
  it.each([
    ['orders_total{code="201"}', 2],
    ['orders_total{code!="201"}', 2],
    ['orders_total{code=~"5.."}', 2],
    ['orders_total{code=~"5"}', 0],
    ['orders_total{code!~"5..|201"}', 0],
    ['orders_total{missing=""}', 4],
    ['{__name__=~"orders_.+",instance="b"}', 1],
    ['nothing', 0],
  ])('%s finds %i series', (query, count) => {
    expect(ask(query, orders)).toHaveLength(count);
  });

  it('finds a value for five minutes after its sample and no longer', () => {
    const series = [sampled({ __name__: 'x' }, [60], [7])];

    expect(ask('x', series, 359)).toHaveLength(1);
    expect(ask('x', series, 360)).toEqual([]);
  });

  it('finds nothing once a series has ended', () => {
    const series: Series[] = [{ labels: { __name__: 'x' }, samples: [at(50, 7), at(60, null)] }];

    expect(ask('x', series)).toEqual([]);
    expect(ask('x offset 5s', series)).toHaveLength(1);
  });
});

describe('aggregation', () => {
  it.each([
    ['sum(orders_total)', 210],
    ['avg(orders_total)', 52.5],
    ['max(orders_total)', 120],
    ['min(orders_total)', 0],
    ['count(orders_total)', 4],
  ])('%s is %d', (query, expected) => {
    expect(value(query, orders)).toBe(expected);
  });

  it('keeps the labels it is told to keep, wherever they are written', () => {
    const expected = [
      { labels: { code: '201' }, value: 180 },
      { labels: { code: '500' }, value: 30 },
      { labels: { code: '503' }, value: 0 },
    ];
    expect(ask('sum by (code) (orders_total)', orders)).toEqual(expected);
    expect(ask('sum(orders_total) by (code)', orders)).toEqual(expected);
    expect(ask('sum without (instance) (orders_total)', orders)).toEqual(expected);
  });

  it('of nothing is nothing', () => {
    expect(ask('sum(nothing)', orders)).toEqual([]);
  });
});

describe('operators', () => {
  it.each([
    ['1 + 2 * 3 ^ 2', 19],
    ['-(2 - 5) % 2', 1],
    ['1m', 60],
    ['1 > bool 2', 0],
    ['scalar(sum(orders_total)) / 2', 105],
  ])('%s is %d', (query, expected) => {
    expect(ask(query, orders)).toBe(expected);
  });

  it('divides the failing orders by all orders', () => {
    const query = 'sum(rate(orders_total{code=~"5.."}[1m])) / sum(rate(orders_total[1m]))';

    expect(value(query, orders)).toBeCloseTo(1 / 7, 10);
  });

  it('has no number for nothing divided by nothing', () => {
    expect(
      value('sum(orders_total{code="503"}) / sum(orders_total{code="503"})', orders),
    ).toBeNaN();
  });

  it('puts a zero where there is nothing, and only there', () => {
    expect(ask('sum(nothing) or vector(0)', orders)).toEqual([{ labels: {}, value: 0 }]);
    expect(ask('sum(orders_total) or vector(0)', orders)).toEqual([{ labels: {}, value: 210 }]);
  });

  it('pairs series by all their labels, or by those it is told', () => {
    expect(ask('orders_total / orders_total', orders)).toHaveLength(4);
    expect(
      ask('sum by (code) (orders_total) / on(code) orders_total{instance="b"}', orders),
    ).toEqual([{ labels: { code: '201' }, value: 1.5 }]);
    expect(
      ask('orders_total{code="500"} - ignoring(code) orders_total{code="503"}', orders),
    ).toEqual([{ labels: { instance: 'a' }, value: 30 }]);
  });

  it('filters by a comparison and keeps the value, on whichever side it stands', () => {
    expect(ask('orders_total > 100', orders)).toMatchObject([{ value: 120 }]);
    expect(ask('100 < orders_total', orders)).toMatchObject([{ value: 120 }]);
    expect(ask('orders_total == bool 30', orders)).toMatchObject([
      { value: 0 },
      { value: 0 },
      { value: 1 },
      { value: 0 },
    ]);
  });

  it('keeps with and, and drops with unless, what the other side has', () => {
    expect(ask('orders_total and on(instance) orders_total{code="500"}', orders)).toHaveLength(3);
    expect(ask('orders_total unless on(instance) orders_total{code="500"}', orders)).toHaveLength(
      1,
    );
  });

  it('refuses to guess between two series that match the same', () => {
    expect(() => ask('orders_total / on(code) orders_total', orders)).toThrow('duplicate series');
  });
});

describe('histogram_quantile', () => {
  const buckets = [bucket('0.1', 50), bucket('0.5', 90), bucket('1', 100), bucket('+Inf', 100)];

  it.each([
    ['0.5', 0.1],
    ['0.25', 0.05],
    ['0.9', 0.5],
    ['0.95', 0.75],
    ['1', 1],
  ])('of %s is %d', (quantile, expected) => {
    expect(value(`histogram_quantile(${quantile}, h_bucket)`, buckets)).toBeCloseTo(expected, 10);
  });

  it('cannot say more than the last bound', () => {
    expect(value('histogram_quantile(0.9, h_bucket)', [bucket('1', 5), bucket('+Inf', 10)])).toBe(
      1,
    );
  });

  it('has no number without observations, or without the last bucket', () => {
    expect(
      value('histogram_quantile(0.9, h_bucket)', [bucket('1', 0), bucket('+Inf', 0)]),
    ).toBeNaN();
    expect(
      value('histogram_quantile(0.9, h_bucket)', [bucket('0.5', 1), bucket('1', 2)]),
    ).toBeNaN();
  });
});

describe('a query that makes no sense', () => {
  it.each([
    ['', 'no expression'],
    ['sum(', 'parse error'],
    ['orders_total{code=}', 'parse error'],
    ['rate(orders_total)', 'expected type range vector'],
    ['sum(1)', 'expected type instant vector'],
    ['vector(orders_total)', 'expected type scalar'],
    ['orders_total[1m]', 'range vector'],
    ['orders_total{code=~"("}', 'bad regular expression'],
    [String.raw`orders_total{code=~"5\."}`, 'unknown escape sequence'],
    ['1 > 2', 'BOOL modifier'],
    ['1 and 2', 'not allowed in binary scalar'],
    ['topk(3, orders_total)', 'one argument is expected'],
    ['deriv(orders_total[1m])', 'deriv is not supported'],
    ['max_over_time(orders_total[1m:10s])', 'SubqueryExpr is not supported'],
    ['a * on(b) group_left d', 'group_left and group_right are not supported'],
  ])('%s is refused: %s', (query, message) => {
    expect(() => ask(query, orders)).toThrow(
      expect.objectContaining({ type: 'bad_data', message: expect.stringContaining(message) }),
    );
  });
});

function ask(query: string, series: readonly Series[], seconds = 60) {
  return evaluate(parsePromql(query), { series, atMs: seconds * 1000 });
}

function value(query: string, series: readonly Series[]): number {
  const answer = ask(query, series);
  const [first] = typeof answer === 'number' ? [] : answer;
  if (first === undefined) throw new Error(`${query} answered nothing`);
  return first.value;
}

function counter(labels: Labels, values: readonly number[]): Series {
  const seconds = values.map((_, index) => index * 10);
  return sampled({ __name__: 'orders_total', ...labels }, seconds, values);
}

function bucket(le: string, count: number): Series {
  return sampled({ __name__: 'h_bucket', le }, [60], [count]);
}

function sampled(labels: Labels, seconds: readonly number[], values: readonly number[]): Series {
  return { labels, samples: seconds.map((second, index) => at(second, values[index] ?? null)) };
}

function at(second: number, v: number | null): Sample {
  return { t: second * 1000, v };
}
