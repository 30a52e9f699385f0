import { Duration, UnsignedInt } from '@marcbachmann/cel-js/evaluator';
import { z } from 'zod';

import { formatDuration, parseDuration } from '#domain/duration.ts';
import { isJsonObject, type Json, type JsonObject } from '#domain/json.ts';
import { isDuration } from '#domain/runbook/kinds/shape.ts';
import type { InputSpec } from '#domain/runbook/runbook.ts';

/**
 * Stored JSON as CEL sees it: durations where the schema has them, ints where it says integer,
 * objects as maps (so that no key, whatever its name, meets JavaScript's own). An optional field
 * that is null counts as absent, and `has()` says so; one that may be null stays null.
 */
export function toCel(value: Json, schema: z.ZodType | null): unknown {
  const inner = schema === null ? null : unwrapped(schema);
  if (typeof value === 'string') {
    return inner !== null && isDuration(inner) ? duration(value) : value;
  }
  if (typeof value === 'number') return numeric(value, inner !== null && isInteger(inner));
  if (isJsonObject(value)) return toMap(value, inner);
  if (Array.isArray(value)) return value.map((item) => toCel(item, elementOf(inner)));
  return value;
}

function toMap(value: JsonObject, schema: z.ZodType | null): Map<string, unknown> {
  const map = new Map<string, unknown>();
  for (const [key, member] of Object.entries(value)) {
    const memberSchema = memberOf(schema, key);
    const absent = member === null && memberSchema !== null && memberSchema.isOptional();
    if (!absent) map.set(key, toCel(member, memberSchema));
  }
  return map;
}

/** The same for an input, whose type the runbook's author wrote. */
export function inputToCel(value: Json, spec: InputSpec | undefined): unknown {
  if (spec?.type === 'duration' && typeof value === 'string') return duration(value);
  if (spec?.type === 'integer' && typeof value === 'number') return numeric(value, true);
  if (spec?.type === 'array' && Array.isArray(value)) {
    return value.map((item) => inputToCel(item, spec.items));
  }
  return toCel(value, null);
}

function duration(text: string): Duration | string {
  const milliseconds = parseDuration(text);
  return milliseconds === null ? text : Duration.fromMilliseconds(milliseconds);
}

function numeric(value: number, integer: boolean): number | bigint {
  return integer && Number.isSafeInteger(value) ? BigInt(value) : value;
}

export function unwrapped(schema: z.ZodType): z.ZodType {
  let inner: unknown = schema;
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodNullable ||
    inner instanceof z.ZodDefault
  ) {
    inner = inner.unwrap();
  }
  return inner instanceof z.ZodType ? inner : schema;
}

export function isInteger(schema: z.ZodType): boolean {
  return schema instanceof z.ZodNumber && schema.format === 'safeint';
}

function memberOf(schema: z.ZodType | null, key: string): z.ZodType | null {
  if (schema instanceof z.ZodObject) {
    const member: unknown = Object.hasOwn(schema.shape, key) ? schema.shape[key] : null;
    return member instanceof z.ZodType ? member : null;
  }
  if (schema instanceof z.ZodRecord && schema.valueType instanceof z.ZodType) {
    return schema.valueType;
  }
  return null;
}

export function elementOf(schema: z.ZodType | null): z.ZodType | null {
  return schema instanceof z.ZodArray && schema.element instanceof z.ZodType
    ? schema.element
    : null;
}

/** Back to what is stored; throws for what JSON cannot say, such as bytes or a type. */
export function fromCel(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return safe(value);
  // JSON has one zero only.
  if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value;
  if (value instanceof UnsignedInt) return safe(value.value);
  if (value instanceof Duration) return formatDuration(value.valueOf());
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(fromCel);
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, member]) => [String(key), fromCel(member)]));
  }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fromCel(member)]));
  }
  throw new TypeError('the result is no value that can be stored');
}

function safe(value: bigint): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new RangeError(`${value} is too large a number`);
}
