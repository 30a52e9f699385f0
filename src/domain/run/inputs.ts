import type { Evaluated } from '#domain/expressions/scope.ts';
import type { Json, JsonObject } from '#domain/json.ts';
import { inputProblem } from '#domain/runbook/input-problem.ts';
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
    const problem = inputProblem(value, spec);
    if (problem === null) inputs[name] = value;
    else problems.push(`${name}: ${problem.message}`);
  }
  return problems.length === 0
    ? { ok: true, value: inputs }
    : { ok: false, error: problems.join('; ') };
}
