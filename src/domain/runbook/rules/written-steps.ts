import { isJsonObject, type Json, type JsonObject } from '#domain/json.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { StepKind } from '#domain/runbook/kinds/step-kind.ts';
import type { Path } from '#domain/runbook/yaml/yaml-node.ts';

/** A step as it stands in the file, whatever else may be wrong with it. */
export type WrittenStep = {
  keys: JsonObject;
  path: Path;
  /** Empty where it has none. */
  id: string;
  uses: string | null;
  kind: StepKind | null;
  nested: boolean;
};

/** Every map under `steps`, so that the rules for kinds work on a file that is not sound yet. */
export function writtenSteps(file: Json): readonly WrittenStep[] {
  if (!isJsonObject(file)) return [];
  return listed(file, [], false).flatMap((step) => [step, ...listed(step.keys, step.path, true)]);
}

function listed(holder: JsonObject, path: Path, nested: boolean): readonly WrittenStep[] {
  const steps = holder['steps'];
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((keys: Json, index): WrittenStep[] => {
    if (!isJsonObject(keys)) return [];
    const uses = typeof keys['uses'] === 'string' ? keys['uses'] : null;
    const kind = uses === null ? null : kindOf(uses);
    const id = typeof keys['id'] === 'string' ? keys['id'] : '';
    return [{ keys, id, path: [...path, 'steps', index], uses, kind, nested }];
  });
}
