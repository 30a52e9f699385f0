import type { Environment } from '@marcbachmann/cel-js';

import { baseEnvironment, compileIn } from '#domain/expressions/compile.ts';
import { declareType, typeOfInput, typeOfSchema } from '#domain/expressions/types.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';

/** Declares everything that the expressions of one runbook may name. */
export type StepTypes = {
  /** For a step: its siblings if it is nested, its parent's item, and its result once it ran. */
  environmentFor(step: Step, parent: Step | null, scope: 'before' | 'after' | 'body'): Environment;
};

const FACTS = ['plan', 'incident', 'run', 'alert'];

export function createStepTypes(runbook: Runbook): StepTypes {
  const base = baseEnvironment({ unlistedVariablesAreDyn: false });
  const inputs = Object.entries(runbook.inputs).map(([name, spec]) => [name, typeOfInput(spec)]);
  base.registerVariable('inputs', declareType(base, 'Inputs', Object.fromEntries(inputs)));
  const body = base.clone().registerVariable('body', 'dyn');

  const full = base.clone();
  for (const fact of FACTS) full.registerVariable(fact, 'dyn');
  const stepTypes = declareStepTypes(full, runbook);
  const typesOf = (steps: readonly Step[]) =>
    Object.fromEntries(steps.map((step) => [step.id, stepTypes.get(step) ?? 'dyn']));
  const topLevel = declareType(full, 'Steps', typesOf(runbook.steps));

  function build(step: Step, parent: Step | null, after: boolean): Environment {
    const environment = full.clone();
    const seen = [...runbook.steps, ...(parent?.steps ?? [])];
    const steps = parent === null ? topLevel : declareType(environment, 'Nested', typesOf(seen));
    environment.registerVariable('steps', steps);
    if (after) environment.registerVariable('result', resultName(step.uses));
    const item = parent?.foreach ?? null;
    if (item !== null && !environment.hasVariable(item.name)) {
      environment.registerVariable(item.name, itemType(environment, item.list));
    }
    return environment;
  }

  const known = new Map<string, Environment>();
  return {
    environmentFor(step, parent, scope) {
      if (scope === 'body') return body;
      const key = JSON.stringify([parent?.id ?? null, scope === 'after' ? step.uses : null]);
      const environment = known.get(key) ?? build(step, parent, scope === 'after');
      known.set(key, environment);
      return environment;
    },
  };
}

/** Steps of one kind without outputs share a type: declaring one costs more the more there are. */
function declareStepTypes(environment: Environment, runbook: Runbook): ReadonlyMap<Step, string> {
  const shared = new Map<string, string>();
  const types = new Map<Step, string>();
  for (const step of runbook.steps.flatMap((each) => [each, ...each.steps])) {
    const name =
      Object.keys(step.outputs).length === 0 ? `Step.${step.uses}` : `Step#${types.size}`;
    const type = shared.get(name) ?? declareStep(environment, step, name, shared);
    shared.set(name, type);
    types.set(step, type);
  }
  return types;
}

function declareStep(
  environment: Environment,
  step: Step,
  name: string,
  shared: Map<string, string>,
): string {
  const result = resultName(step.uses);
  const kind = kindOf(step.uses);
  if (kind !== null && !shared.has(result)) {
    shared.set(result, typeOfSchema(environment, kind.result, result));
  }
  const outputs = Object.keys(step.outputs).map((output) => [output, 'dyn']);
  return declareType(environment, name, {
    status: 'dyn',
    verdict: 'dyn',
    result,
    outputs: declareType(environment, `${name}.outputs`, Object.fromEntries(outputs)),
    ...(step.uses === 'parallel' ? { children: 'list<dyn>' } : {}),
  });
}

function resultName(uses: string): string {
  return `Result.${uses}`;
}

/** What a list holds, as far as its expression says. */
function itemType(environment: Environment, list: string): string {
  const compilation = compileIn(environment, list);
  const checked = compilation.ok ? compilation.compiled.check() : null;
  return (checked?.ok && /^list<(.+)>$/.exec(checked.type)?.[1]) || 'dyn';
}
