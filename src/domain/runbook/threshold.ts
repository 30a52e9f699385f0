import { parseDuration } from '#domain/duration.ts';

const THRESHOLD = /^(<=|>=|==|!=|<|>)\s*(-?\d+(?:\.\d+)?)( ?%|ms|[smhd])?$/;

/** What a threshold compares, by kind of check: a number, and for load a time as well. */
const FIELDS = new Map([
  ['check.metric', { number: 'result.value', time: null }],
  ['check.load', { number: 'result.errorRate', time: 'result.p95' }],
]);

export function hasThreshold(uses: string): boolean {
  return FIELDS.has(uses);
}

/**
 * `'> 5%'` as CEL over the result: `result.value > 0.05`. A metric's time is a number of seconds,
 * as Prometheus counts; a load probe's is its p95. Null for a kind or a text without that short form.
 */
export function thresholdToCel(text: string, uses: string): string | null {
  const fields = FIELDS.get(uses);
  const match = THRESHOLD.exec(text.trim());
  if (fields === undefined || match === null) return null;

  const [, operator = '', number = '', given] = match;
  const unit = given?.trim();
  if (unit === undefined) return `${fields.number} ${operator} ${decimal(Number(number))}`;
  if (unit === '%') return `${fields.number} ${operator} ${decimal(Number(`${number}e-2`))}`;

  const milliseconds = parseDuration(`${number}${unit}`);
  if (milliseconds === null) return null;
  return fields.time === null
    ? `${fields.number} ${operator} ${decimal(Number(`${milliseconds}e-3`))}`
    : `${fields.time} ${operator} duration("${number}${unit}")`;
}

/** What the value of a metric is a number of, as far as its short form says. */
export function thresholdUnit(text: string): 'percent' | 'seconds' | null {
  const [, , , unit] = THRESHOLD.exec(text.trim()) ?? [];
  if (unit === undefined) return null;
  return unit === '%' ? 'percent' : 'seconds';
}

/** A CEL double: an int would make the type of the comparison hang on how the number is written. */
function decimal(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
