import { PromqlError } from '#practice/shop/promql/error.ts';
import { parseNumber } from '#practice/shop/promql/literals.ts';

const MOST_STEPS = 11_000;

/** Seconds since 1970, or RFC 3339. */
export function readTime(text: string | undefined, name: string): number {
  const seconds = text ? Number(text) : Number.NaN;
  if (Number.isFinite(seconds)) return seconds;

  const ms = Date.parse(text ?? '');
  if (Number.isFinite(ms)) return ms / 1000;
  throw bad(`invalid parameter "${name}": cannot parse "${text ?? ''}" to a valid timestamp`);
}

/** The moments of a range query, in seconds. */
export function readSteps(parameter: (name: string) => string | undefined): number[] {
  const start = readTime(parameter('start'), 'start');
  const end = readTime(parameter('end'), 'end');
  const step = parseNumber(parameter('step') ?? 'NaN');
  if (!(step > 0)) throw bad('invalid parameter "step": it must be greater than zero');
  if (end < start) throw bad('end timestamp must not be before start time');

  const steps = Math.floor((end - start) / step);
  if (steps > MOST_STEPS) {
    throw bad('exceeded maximum resolution of 11,000 points per timeseries');
  }
  return Array.from({ length: steps + 1 }, (_, index) => start + index * step);
}

function bad(message: string): PromqlError {
  return new PromqlError('bad_data', message);
}
