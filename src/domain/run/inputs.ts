import { RE2JS } from 're2js';

import { canonicalJson } from '#domain/canonical-json.ts';
import { parseDuration } from '#domain/duration.ts';
import type { Evaluated } from '#domain/expressions/scope.ts';
import type { Json, JsonObject } from '#domain/json.ts';
import type { InputSpec, Runbook } from '#domain/runbook/runbook.ts';

/** The inputs of a run: defaults filled in, everything checked. */
export function resolveInputs(runbook: Runbook, given: JsonObject): Evaluated<JsonObject> {
  return checkValues(runbook.inputs, given);
}

/** Fills in defaults and checks what was given; the error names every value that is wrong. */
export function checkValues(
  specs: Readonly<Record<string, InputSpec>>,
  given: JsonObject,
): Evaluated<JsonObject> {
  const problems = Object.keys(given)
    .filter((name) => !Object.hasOwn(specs, name))
    .map((name) => `${name}: there is no such input`);
  const inputs: Record<string, Json> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const value = (Object.hasOwn(given, name) ? given[name] : null) ?? spec.default ?? null;
    if (value === null) {
      if (spec.required !== false) problems.push(`${name}: is required`);
      continue;
    }
    const problem = checkInput(spec, value);
    if (problem === null) inputs[name] = value;
    else problems.push(`${name}: ${problem}`);
  }
  return problems.length === 0
    ? { ok: true, value: inputs }
    : { ok: false, error: problems.join('; ') };
}

/** What is wrong with a value for this input, or null. */
function checkInput(spec: InputSpec, value: Json): string | null {
  if (!hasType(spec, value)) return `must be ${article(spec.type)}`;
  if (spec.enum && !spec.enum.some((one) => canonicalJson(one) === canonicalJson(value))) {
    return `must be one of ${spec.enum.map((one) => JSON.stringify(one)).join(', ')}`;
  }
  if (typeof value === 'number') {
    if (spec.minimum !== undefined && value < spec.minimum) return `must be ≥ ${spec.minimum}`;
    if (spec.maximum !== undefined && value > spec.maximum) return `must be ≤ ${spec.maximum}`;
  }
  if (typeof value === 'string' && spec.type === 'string') {
    if (value.length < (spec.minLength ?? 0)) return 'is too short';
    if (value.length > (spec.maxLength ?? 10_000)) return 'is too long';
    if (spec.pattern !== undefined && !hasMatch(spec.pattern, value)) {
      return `must match ${spec.pattern}`;
    }
  }
  if (Array.isArray(value) && spec.items) {
    for (const item of value) {
      const problem = checkInput(spec.items, item);
      if (problem !== null) return `each item ${problem}`;
    }
  }
  return null;
}

/** A pattern that is none admits nothing. */
function hasMatch(pattern: string, value: string): boolean {
  try {
    return RE2JS.compile(pattern).matcher(value).find();
  } catch {
    return false;
  }
}

function hasType(spec: InputSpec, value: Json): boolean {
  switch (spec.type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'duration':
      return typeof value === 'string' && parseDuration(value) !== null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return value !== null && typeof value === 'object' && !Array.isArray(value);
    default:
      return spec.type satisfies never;
  }
}

function article(type: InputSpec['type']): string {
  if (type === 'duration') return 'a duration such as 90s, 5m or 2h';
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}
