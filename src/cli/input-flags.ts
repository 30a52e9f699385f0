import type { Json, JsonObject } from '#domain/json.ts';
import type { InputSpec } from '#domain/runbook/runbook.ts';

import { usageError } from './usage-error.ts';

/** Collects a flag that may come several times: `--input name=value`. */
export function collectInput(
  pair: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = pair.indexOf('=');
  if (at <= 0) {
    throw usageError(`--input must be name=value, not ${JSON.stringify(pair)}.`);
  }
  const name = pair.slice(0, at);
  if (Object.hasOwn(before, name)) throw usageError(`--input ${name} is given twice.`);
  return { ...before, [name]: pair.slice(at + 1) };
}

/**
 * What was typed, as the type of each input. What does not read as that type stays text, and is
 * refused with its name where inputs are checked; a list may also be written `a,b`.
 */
export function typedInputs(
  typed: Readonly<Record<string, string>>,
  specs: Readonly<Record<string, InputSpec>>,
): JsonObject {
  return Object.fromEntries(
    Object.entries(typed).map(([name, text]) => [name, typedInput(text, specs[name]?.type)]),
  );
}

function typedInput(text: string, type: InputSpec['type'] | undefined): Json {
  switch (type) {
    case 'integer':
    case 'number':
    case 'boolean':
    case 'object':
      return parsed(text) ?? text;
    case 'array': {
      const list = parsed(text);
      return Array.isArray(list) ? list : text.split(',').map((item) => item.trim());
    }
    default:
      return text;
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
