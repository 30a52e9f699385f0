import { compile } from '#domain/expressions/compile.ts';
import { evaluate, renderText, resolveTemplates } from '#domain/expressions/evaluate.ts';
import { expressionsIn, stringsIn } from '#domain/expressions/references.ts';
import type { Evaluated, Scope } from '#domain/expressions/scope.ts';
import { hasTemplate } from '#domain/expressions/template.ts';
import { isJsonArray, isJsonObject, objectOf, type Json, type JsonObject } from '#domain/json.ts';
import { fillQuery } from '#domain/metrics/fill-query.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';

type Asking = { uses: string; with: JsonObject };

/**
 * A step's `with` with nothing left to evaluate, and as its kind wants it: what was written was checked
 * when it was read, what an expression comes to is checked here. The error is that of an expression,
 * or names the value that the kind does not take.
 */
export function inputsOf(step: Asking, scope: Scope): Evaluated<JsonObject> {
  const seen = scope.item === undefined && readsInputsOnly(step.with) ? scope.inputs : scope;
  const known = answers.get(seen) ?? new Map<JsonObject, Evaluated<JsonObject>>();
  const answer = known.get(step.with) ?? evaluatedInputs(step, scope);
  answers.set(seen, known.set(step.with, answer));
  return answer;
}

/**
 * By what is read: the scope is new with each event, the inputs of a run are the same to its end. A
 * watch asks in each of its states what is due, whether it can be asked, and what it was asked with.
 */
const answers = new WeakMap<object, Map<JsonObject, Evaluated<JsonObject>>>();
const inputsOnly = new WeakMap<JsonObject, boolean>();

function readsInputsOnly(given: JsonObject): boolean {
  const known = inputsOnly.get(given) ?? stringsIn(given).flatMap(expressionsIn).every(isOfInputs);
  inputsOnly.set(given, known);
  return known;
}

function isOfInputs(expression: string): boolean {
  const compilation = compile(expression);
  return compilation.ok && [...compilation.compiled.names].every((name) => name === 'inputs');
}

function evaluatedInputs(step: Asking, scope: Scope): Evaluated<JsonObject> {
  if (!hasTemplate(JSON.stringify(step.with))) return { ok: true, value: step.with };
  const resolved = resolvedInputs(step, scope);
  if (!resolved.ok) return resolved;
  const problem = problemWith(step.uses, resolved.value);
  return problem === null ? resolved : { ok: false, error: problem };
}

/** PromQL has an encoder of its own: a value must not end the string that it stands in. */
function resolvedInputs({ uses, with: given }: Asking, scope: Scope): Evaluated<JsonObject> {
  const { query, ...others } = given;
  const encodes = uses === 'check.metric' && typeof query === 'string';
  const resolved = resolveTemplates(encodes ? others : given, scope);
  if (!resolved.ok) return resolved;
  if (!encodes) return { ok: true, value: objectOf(resolved.value) };
  const filled = fillQuery(query, (expression) => evaluate(expression, scope));
  return filled.ok
    ? { ok: true, value: { ...objectOf(resolved.value), query: filled.query } }
    : { ok: false, error: `query: ${filled.error}` };
}

function problemWith(uses: string, inputs: JsonObject): string | null {
  const issue = kindOf(uses)?.with.safeParse(inputs).error?.issues[0];
  if (issue === undefined) return null;
  const value = issue.path.reduce<unknown>(
    (inside, key) =>
      typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined,
    inputs,
  );
  const message = issue.message
    .replace(/^(Invalid input|Too big|Too small): /, '')
    .replace(/, received .*$/, '');
  const found = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
  return `with.${issue.path.join('.')}: ${message}, not ${found}`;
}

/** The same for people to read: what can't be told is shown as unknown. */
export function textsForPeople(value: JsonObject, scope: Scope): JsonObject {
  return objectOf(rendered(value, scope));
}

function rendered(value: Json, scope: Scope): Json {
  if (typeof value === 'string') return renderText(value, scope);
  if (isJsonArray(value)) return value.map((item) => rendered(item, scope));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, rendered(item, scope)]),
  );
}
