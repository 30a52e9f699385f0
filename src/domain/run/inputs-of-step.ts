import { renderText, resolveTemplates } from '#domain/expressions/evaluate.ts';
import type { Evaluated, Scope } from '#domain/expressions/scope.ts';
import { isJsonArray, isJsonObject, objectOf, type Json, type JsonObject } from '#domain/json.ts';

/** A step's `with` with nothing left to evaluate; an error of any of its expressions is the error. */
export function inputsOf(step: { with: JsonObject }, scope: Scope): Evaluated<JsonObject> {
  const resolved = resolveTemplates(step.with, scope);
  return resolved.ok ? { ok: true, value: objectOf(resolved.value) } : resolved;
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
