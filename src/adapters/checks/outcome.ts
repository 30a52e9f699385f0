import type { z } from 'zod';

import { formatDuration } from '#domain/duration.ts';
import type { JsonObject } from '#domain/json.ts';
import { valueText } from '#domain/metrics/value-text.ts';
import type { Measurement, MeasurementRequest } from '#ports/checks.ts';
import type { OutboundFailure } from '#ports/outbound.ts';
import { PortError } from '#ports/port-error.ts';

export function measured(result: JsonObject, summary: string): Measurement {
  return { kind: 'measured', result, summary };
}

export function unavailable(message: string, retry = false): Measurement {
  return { kind: 'unavailable', message, retry };
}

/** Evidence about the target, or our own trouble; `result` is what is known all the same. */
export function failed(failure: OutboundFailure, result: JsonObject): Measurement {
  const { fault, code, message, retry } = failure;
  return fault === 'ours'
    ? unavailable(message, retry)
    : { kind: 'unreachable', code, message, result: { ...result, error: code } };
}

/** The inputs of a step, which only its run could fill in; a PortError says what is wrong. */
export function inputsOf<T extends z.ZodType>(
  schema: T,
  request: Pick<MeasurementRequest, 'uses' | 'with'>,
): z.output<T> {
  const parsed = schema.safeParse(request.with);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? '' : ` ${issue.path.join('.')}: ${issue.message}`;
  throw new PortError('checks.with', `${request.uses} can't be measured:${where}`, {
    retry: false,
  });
}

/** Milliseconds in our spelling, to the millisecond; what took less counts as one. */
export function took(ms: number): string {
  return formatDuration(atLeastOne(ms));
}

/** The same as people read it: `1.17 s`. */
export function tookText(ms: number): string {
  return valueText(atLeastOne(ms) / 1_000, 'seconds');
}

function atLeastOne(ms: number): number {
  return Math.max(1, Math.round(ms));
}
