import { evaluate } from '#domain/expressions/evaluate.ts';
import type { Scope } from '#domain/expressions/scope.ts';
import type { Json, JsonObject } from '#domain/json.ts';
import type { Step } from '#domain/runbook/runbook.ts';

/** The outputs of a step over its result. One that fails is left unset; without a result there are none. */
export function outputsOf(step: Step, result: JsonObject | null, scope: Scope): JsonObject {
  if (result === null) return {};
  const withResult = { ...scope, result: { uses: step.uses, value: result } };
  const outputs: Record<string, Json> = {};
  for (const [name, expression] of Object.entries(step.outputs)) {
    const output = evaluate(expression, withResult);
    if (output.ok) outputs[name] = output.value;
  }
  return outputs;
}
