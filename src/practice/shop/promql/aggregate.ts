import { PromqlError } from './error.ts';
import type { Aggregation } from './expression.ts';
import { group, signature, type Labels, type Vector } from './series.ts';

/** `sum`, `avg`, `max`, `min` and `count`; an empty vector stays empty. */
export function aggregate({ op, grouping }: Aggregation, vector: Vector): Vector {
  const groups = new Map<string, { labels: Labels; values: number[] }>();
  for (const { labels, value } of vector) {
    const kept = group(labels, grouping);
    const key = signature(kept);
    const members = groups.get(key) ?? { labels: kept, values: [] };
    members.values.push(value);
    groups.set(key, members);
  }
  return [...groups.values()].map(({ labels, values }) => ({ labels, value: reduce(op, values) }));
}

function reduce(op: string, values: readonly number[]): number {
  switch (op) {
    case 'sum':
      return sum(values);
    case 'avg':
      return sum(values) / values.length;
    case 'max':
      return extreme(values, (a, b) => a > b);
    case 'min':
      return extreme(values, (a, b) => a < b);
    case 'count':
      return values.length;
    default:
      throw new PromqlError('bad_data', `aggregation ${op} is not supported`);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** NaN only if there is nothing else. */
function extreme(values: readonly number[], beats: (a: number, b: number) => boolean): number {
  return values.reduce((best, value) => (Number.isNaN(best) || beats(value, best) ? value : best));
}
