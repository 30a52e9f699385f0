import { RE2JS } from 're2js';

import { canonicalJson } from '#domain/canonical-json.ts';
import { parseDuration } from '#domain/duration.ts';
import { isJsonObject, type Json } from '#domain/json.ts';

import { DURATION_HINT } from './kinds/shape.ts';
import type { InputSpec } from './runbook.ts';

export type InputProblem = { code: 'type' | 'duration' | 'constraint'; message: string };

/** Why an input does not accept a value, in words for whoever gave it; null if it does. */
export function inputProblem(value: Json, spec: InputSpec): InputProblem | null {
  return typeProblem(value, spec) ?? constraintProblem(value, spec);
}

const NOUNS = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  duration: 'a duration',
  array: 'a list',
  object: 'a map',
} as const;

function typeProblem(value: Json, spec: InputSpec): InputProblem | null {
  if (spec.type === 'duration' && typeof value === 'string') {
    return parseDuration(value) === null ? { code: 'duration', message: DURATION_HINT } : null;
  }
  return hasType(value, spec.type)
    ? null
    : { code: 'type', message: `expected ${NOUNS[spec.type]}` };
}

function hasType(value: Json, type: InputSpec['type']): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'duration':
      return false;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isJsonObject(value);
    default:
      return type satisfies never;
  }
}

function constraintProblem(value: Json, spec: InputSpec): InputProblem | null {
  const message =
    enumProblem(value, spec) ??
    (typeof value === 'number' ? numberProblem(value, spec) : null) ??
    (typeof value === 'string' ? textProblem(value, spec) : null);
  if (message !== null) return { code: 'constraint', message };
  if (!Array.isArray(value)) return null;
  return lengthProblem(value.length, spec) ?? itemProblem(value, spec.items);
}

function enumProblem(value: Json, spec: InputSpec): string | null {
  if (spec.enum === undefined) return null;
  const allowed = spec.enum.map(canonicalJson);
  return allowed.includes(canonicalJson(value)) ? null : `expected one of ${allowed.join(', ')}`;
}

function numberProblem(value: number, { minimum, maximum }: InputSpec): string | null {
  if (minimum !== undefined && value < minimum) return `expected ${minimum} or more`;
  return maximum !== undefined && value > maximum ? `expected ${maximum} or less` : null;
}

function textProblem(value: string, spec: InputSpec): string | null {
  const long = lengthProblem(value.length, spec);
  if (long !== null) return long.message;
  if (spec.pattern === undefined) return null;
  try {
    return RE2JS.compile(spec.pattern).matches(value)
      ? null
      : `expected a match of ${spec.pattern}`;
  } catch {
    return `the pattern ${spec.pattern} is no regular expression`;
  }
}

function lengthProblem(length: number, { minLength, maxLength }: InputSpec): InputProblem | null {
  const unit = 'characters or items';
  if (minLength !== undefined && length < minLength) {
    return { code: 'constraint', message: `expected ${minLength} ${unit} or more` };
  }
  return maxLength !== undefined && length > maxLength
    ? { code: 'constraint', message: `expected ${maxLength} ${unit} or fewer` }
    : null;
}

function itemProblem(items: readonly Json[], spec: InputSpec | undefined): InputProblem | null {
  if (spec === undefined) return null;
  for (const [index, item] of items.entries()) {
    const problem = inputProblem(item, spec);
    if (problem !== null) return { ...problem, message: `item ${index + 1}: ${problem.message}` };
  }
  return null;
}
