import { isJsonObject, type Json } from '#domain/json.ts';

import { refill } from './budget.ts';
import { compile, problemOf } from './compile.ts';
import { contextFor } from './context.ts';
import type { Evaluated, Scope } from './scope.ts';
import { hasTemplate, parseTemplate } from './template.ts';
import { fromCel } from './values.ts';

const UNKNOWN = '(unknown)';

/** The value of a CEL expression, as JSON with durations in our spelling. Never throws. */
export function evaluate(expression: string, scope: Scope): Evaluated {
  try {
    const value = run(expression, scope);
    return value.ok ? { ok: true, value: fromCel(value.value) } : value;
  } catch (error) {
    return { ok: false, error: problemOf(error, expression).message };
  }
}

/** The same for an expression that must be true or false. */
export function condition(expression: string, scope: Scope): Evaluated<boolean> {
  const evaluated = evaluate(expression, scope);
  if (!evaluated.ok) return evaluated;
  return typeof evaluated.value === 'boolean'
    ? { ok: true, value: evaluated.value }
    : { ok: false, error: 'the expression is neither true nor false' };
}

/**
 * A text for people: an expression that fails reads `(unknown)`, text and durations stand as they
 * are, any other value as JSON. What a value contains is never looked at as a template again.
 */
export function renderText(template: string, scope: Scope): string {
  return parseTemplate(template)
    .map((part) => {
      if (part.kind === 'text') return part.text;
      if (part.kind === 'open') return UNKNOWN;
      const evaluated = evaluate(part.expression, scope);
      return evaluated.ok ? asText(evaluated.value) : UNKNOWN;
    })
    .join('');
}

/**
 * Writes the values into every string of `value`. A string that is one `${{ … }}` and nothing else
 * becomes the value itself. The first expression that fails is the answer: half a request is none.
 */
export function resolveTemplates(value: Json, scope: Scope): Evaluated {
  try {
    return { ok: true, value: resolved(value, scope) };
  } catch (error) {
    return { ok: false, error: problemOf(error, '').message };
  }
}

function resolved(value: Json, scope: Scope): Json {
  if (typeof value === 'string') return hasTemplate(value) ? resolvedText(value, scope) : value;
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, resolved(member, scope)]),
    );
  }
  return Array.isArray(value) ? value.map((item: Json) => resolved(item, scope)) : value;
}

function resolvedText(template: string, scope: Scope): Json {
  const parts = parseTemplate(template).map((part): Json => {
    if (part.kind === 'text') return part.text;
    if (part.kind === 'open') throw new SyntaxError('a ${{ has no }}');
    const evaluated = evaluate(part.expression, scope);
    if (!evaluated.ok) throw new EvalError(`${part.expression}: ${evaluated.error}`);
    return evaluated.value;
  });
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : parts.map(asText).join('');
}

function run(expression: string, scope: Scope): Evaluated<unknown> {
  const compilation = compile(expression);
  if (!compilation.ok) return { ok: false, error: compilation.problem.message };
  const context = contextFor(compilation.compiled, scope);
  refill();
  return { ok: true, value: compilation.compiled.run(context) };
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
