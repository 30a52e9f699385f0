import { aggregate } from './aggregate.ts';
import { applyBinary } from './binary.ts';
import { PromqlError } from './error.ts';
import type { Expression, RangeSelector, Selector } from './expression.ts';
import { histogramQuantile } from './quantile.ts';
import { increase } from './rate.ts';
import { compileMatchers, withoutName, type Series, type Vector } from './series.ts';

/** How long a value stands in for a missing one, as in Prometheus. */
const LOOKBACK_MS = 300_000;

export type Value = number | Vector;
export type Moment = { series: readonly Series[]; atMs: number };

/** What a query answers at one moment: a scalar or an instant vector. */
export function evaluate(expression: Expression, moment: Moment): Value {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'selector':
      return select(expression, moment);
    case 'range':
      throw bad('a range vector is only supported as the argument of a function');
    case 'negate':
      return negate(evaluate(expression.operand, moment));
    case 'call':
      return call(expression.name, expression.args, moment);
    case 'aggregation':
      return aggregate(expression, vectorOf(expression.argument, moment, expression.op));
    case 'binary':
      return applyBinary(
        expression,
        evaluate(expression.left, moment),
        evaluate(expression.right, moment),
      );
    default:
      return expression satisfies never;
  }
}

function select({ matchers, offsetMs }: Selector, { series, atMs }: Moment): Vector {
  const matches = compileMatchers(matchers);
  const at = atMs - offsetMs;
  return series
    .filter(({ labels }) => matches(labels))
    .flatMap(({ labels, samples }) => {
      const latest = samples.findLast(({ t }) => t <= at);
      if (latest === undefined || latest.v === null || latest.t <= at - LOOKBACK_MS) return [];
      return [{ labels, value: latest.v }];
    });
}

function negate(value: Value): Value {
  if (typeof value === 'number') return -value;
  return value.map((sample) => ({ labels: withoutName(sample.labels), value: -sample.value }));
}

function call(name: string, args: readonly Expression[], moment: Moment): Value {
  switch (name) {
    case 'rate':
      return overRange(rangeOf(args, name), moment, (grown, seconds) => grown / seconds);
    case 'increase':
      return overRange(rangeOf(args, name), moment, (grown) => grown);
    case 'histogram_quantile': {
      const [quantile, buckets] = exactly(2, args, name);
      return histogramQuantile(scalarOf(quantile, moment, name), vectorOf(buckets, moment, name));
    }
    case 'vector': {
      const [value] = exactly(1, args, name);
      return [{ labels: {}, value: scalarOf(value, moment, name) }];
    }
    case 'scalar': {
      const [argument] = exactly(1, args, name);
      const vector = vectorOf(argument, moment, name);
      return vector.length === 1 ? (vector[0]?.value ?? Number.NaN) : Number.NaN;
    }
    default:
      throw bad(`function ${name} is not supported`);
  }
}

/** The window is open at its start and closed at its end, as since Prometheus 3. */
function overRange(
  { selector, rangeMs }: RangeSelector,
  { series, atMs }: Moment,
  result: (grown: number, seconds: number) => number,
): Vector {
  const matches = compileMatchers(selector.matchers);
  const endMs = atMs - selector.offsetMs;
  const startMs = endMs - rangeMs;
  return series
    .filter(({ labels }) => matches(labels))
    .flatMap(({ labels, samples }) => {
      const inside = samples.flatMap(({ t, v }) =>
        v !== null && t > startMs && t <= endMs ? [{ t, v }] : [],
      );
      const grown = increase(inside, { startMs, endMs });
      if (grown === null) return [];
      return [{ labels: withoutName(labels), value: result(grown, rangeMs / 1000) }];
    });
}

function rangeOf(args: readonly Expression[], name: string): RangeSelector {
  const [argument] = exactly(1, args, name);
  if (argument?.kind === 'range') return argument;
  throw bad(`expected type range vector in call to function "${name}", got instant vector`);
}

function vectorOf(expression: Expression | undefined, moment: Moment, name: string): Vector {
  const value = expression === undefined ? 0 : evaluate(expression, moment);
  if (typeof value !== 'number') return value;
  throw bad(`expected type instant vector in ${name}, got scalar`);
}

function scalarOf(expression: Expression | undefined, moment: Moment, name: string): number {
  const value = expression === undefined ? [] : evaluate(expression, moment);
  if (typeof value === 'number') return value;
  throw bad(`expected type scalar in ${name}, got instant vector`);
}

function exactly(count: number, args: readonly Expression[], name: string): readonly Expression[] {
  if (args.length === count) return args;
  throw bad(`expected ${count} argument(s) in call to "${name}", got ${args.length}`);
}

function bad(message: string): PromqlError {
  return new PromqlError('bad_data', message);
}
