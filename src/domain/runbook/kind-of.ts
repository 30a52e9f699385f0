import { stepKinds } from './kinds/registry.ts';
import type { StepKind } from './kinds/step-kind.ts';

const byName: ReadonlyMap<string, StepKind> = new Map(stepKinds.map((kind) => [kind.name, kind]));

/** The kind that a step's `uses` names, or null if there is none. */
export function kindOf(uses: string): StepKind | null {
  return byName.get(uses) ?? null;
}
