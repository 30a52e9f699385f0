import { PromqlError } from './error.ts';
import type { BinaryOperation } from './expression.ts';
import { group, signature, withoutName, type Labels, type Vector } from './series.ts';

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
};

const COMPARISON: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
};

type Value = number | Vector;

/** An operator over scalars and vectors. Vectors pair up one to one by their labels. */
export function applyBinary(operation: BinaryOperation, left: Value, right: Value): Value {
  const { op, matching } = operation;
  if (op === 'and' || op === 'or' || op === 'unless') {
    if (typeof left === 'number' || typeof right === 'number') {
      throw new PromqlError(
        'bad_data',
        `set operator "${op}" not allowed in binary scalar expression`,
      );
    }
    return applySet(op, left, right, (labels) => signature(group(labels, matching)));
  }
  if (typeof left === 'number') {
    return typeof right === 'number'
      ? betweenScalars(operation, left, right)
      : each(operation, right, (value) => [left, value]);
  }
  return typeof right === 'number'
    ? each(operation, left, (value) => [value, right])
    : betweenVectors(operation, left, right);
}

function betweenScalars({ op, bool }: BinaryOperation, left: number, right: number): number {
  const compare = COMPARISON[op];
  if (compare === undefined) return arithmetic(op)(left, right);
  if (bool) return Number(compare(left, right));
  throw new PromqlError('bad_data', 'comparisons between scalars must use BOOL modifier');
}

/** A comparison keeps the vector's own value, on whichever side the scalar stands. */
function each(
  { op, bool }: BinaryOperation,
  vector: Vector,
  sides: (value: number) => [number, number],
): Vector {
  const compare = COMPARISON[op];
  if (compare === undefined || bool) {
    const compute = compare === undefined ? arithmetic(op) : asNumber(compare);
    return vector.map(({ labels, value }) => ({
      labels: withoutName(labels),
      value: compute(...sides(value)),
    }));
  }
  return vector.filter(({ value }) => compare(...sides(value)));
}

function betweenVectors(operation: BinaryOperation, left: Vector, right: Vector): Vector {
  const { op, bool, matching } = operation;
  const compare = COMPARISON[op];
  const key = (labels: Labels) => signature(group(labels, matching));
  const partners = uniqueBy(right, key);

  return [...uniqueBy(left, key)].flatMap(([match, { labels, value }]) => {
    const partner = partners.get(match);
    if (partner === undefined) return [];

    const filters = compare !== undefined && !bool;
    if (filters && !compare(value, partner.value)) return [];

    const compute = compare === undefined ? arithmetic(op) : asNumber(compare);
    const kept = filters && !matching.keep && matching.labels.length === 0;
    return [
      {
        labels: kept ? labels : group(labels, matching),
        value: filters ? value : compute(value, partner.value),
      },
    ];
  });
}

function uniqueBy(vector: Vector, key: (labels: Labels) => string): Map<string, Vector[number]> {
  const found = new Map<string, Vector[number]>();
  for (const sample of vector) {
    const match = key(sample.labels);
    if (found.has(match)) {
      throw new PromqlError(
        'execution',
        `found duplicate series for the match group ${match}: matching labels must be unique on both sides`,
      );
    }
    found.set(match, sample);
  }
  return found;
}

function applySet(
  op: 'and' | 'or' | 'unless',
  left: Vector,
  right: Vector,
  key: (labels: Labels) => string,
): Vector {
  const inLeft = new Set(left.map(({ labels }) => key(labels)));
  const inRight = new Set(right.map(({ labels }) => key(labels)));
  if (op === 'and') return left.filter(({ labels }) => inRight.has(key(labels)));
  if (op === 'unless') return left.filter(({ labels }) => !inRight.has(key(labels)));
  return [...left, ...right.filter(({ labels }) => !inLeft.has(key(labels)))];
}

function arithmetic(op: string): (a: number, b: number) => number {
  const compute = ARITHMETIC[op];
  if (compute === undefined) throw new PromqlError('bad_data', `operator ${op} is not supported`);
  return compute;
}

function asNumber(compare: (a: number, b: number) => boolean): (a: number, b: number) => number {
  return (a, b) => Number(compare(a, b));
}
