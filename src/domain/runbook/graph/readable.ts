import { parseTemplate } from '#domain/expressions/template.ts';
import type { Json } from '#domain/json.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';

/**
 * A text with `${{ }}` for somebody who has no run before them: an input that has a default reads as
 * the default, anything else as its expression in `‹ ›`.
 */
export function readable(template: string, inputs: Runbook['inputs']): string {
  return parseTemplate(template)
    .map((part) => {
      if (part.kind !== 'expression') return part.text;
      const fallback = defaultOf(part.expression, inputs);
      return fallback === undefined ? `‹${part.expression}›` : plain(fallback);
    })
    .join('');
}

/** Any value in a line: a text as `readable` has it, the rest as JSON. */
export function readableValue(value: Json, inputs: Runbook['inputs']): string {
  if (typeof value === 'string') return readable(value, inputs);
  if (Array.isArray(value)) {
    return value.map((item: Json) => readableValue(item, inputs)).join(', ');
  }
  return JSON.stringify(value);
}

function defaultOf(expression: string, inputs: Runbook['inputs']): Json | undefined {
  const name = /^inputs\.([a-zA-Z_]\w*)$/.exec(expression)?.[1];
  return name !== undefined && Object.hasOwn(inputs, name) ? inputs[name]?.default : undefined;
}

function plain(value: Json): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value)
    ? value.map((item: Json) => plain(item)).join(', ')
    : JSON.stringify(value);
}
