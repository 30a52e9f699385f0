import type { Environment } from '@marcbachmann/cel-js';

import { baseEnvironment, compileIn } from '#domain/expressions/compile.ts';
import { declareType, extended, typeOfInput, typeOfSchema } from '#domain/expressions/types.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';

/** Declares everything that the expressions of one runbook may name. */
export type StepTypes = {
  /** For a step: its siblings if it is nested, its parent's item, and its result once it ran. */
  environmentFor(step: Step, parent: Step | null, scope: 'before' | 'after' | 'body'): Environment;
};

const FACTS = ['plan', 'incident', 'run', 'alert'];

export function createStepTypes(runbook: Runbook): StepTypes {
  const all = runbook.steps.flatMap((step) => [step, ...step.steps]);
  const own = extended(environmentOf(new Set(all.map(({ uses }) => uses))));
  const inputs = Object.entries(runbook.inputs).map(([name, spec]) => [name, typeOfInput(spec)]);
  own.registerVariable('inputs', declareType(own, 'Inputs', Object.fromEntries(inputs)));
  const stepTypes = declareSteps(own, all);
  const typesOf = (steps: readonly Step[]) =>
    Object.fromEntries(steps.map((step) => [step.id, stepTypes.get(step) ?? 'dyn']));
  const topLevel = declareType(own, 'Steps', typesOf(runbook.steps));
  const body = extended(own).registerVariable('body', 'dyn');
  const facts = extended(own);
  for (const fact of FACTS) facts.registerVariable(fact, 'dyn');
  const top = extended(facts).registerVariable('steps', topLevel);

  function inside(parent: Step): Environment {
    const environment = extended(facts);
    const seen = typesOf([...runbook.steps, ...parent.steps]);
    environment.registerVariable('steps', declareType(environment, 'Nested', seen));
    const item = parent.foreach;
    if (item !== null && !environment.hasVariable(item.name)) {
      environment.registerVariable(item.name, itemType(environment, item.list));
    }
    return environment;
  }

  const known = new Map<string, Environment>();
  function remembered(key: string, build: () => Environment): Environment {
    const environment = known.get(key) ?? build();
    known.set(key, environment);
    return environment;
  }

  return {
    environmentFor(step, parent, scope) {
      if (scope === 'body') return body;
      const before = parent === null ? top : remembered(parent.id, () => inside(parent));
      if (scope === 'before') return before;
      if (before.hasVariable('result')) return before;
      return remembered(`${parent?.id ?? ''} ${step.uses}`, () =>
        extended(before).registerVariable('result', resultName(step.uses)),
      );
    },
  };
}

/** By the kinds of their steps, since declaring a kind takes longer than all that is a runbook's own. */
const byKinds = new Map<string, Environment>();
const KEPT = 100;

function environmentOf(kinds: ReadonlySet<string>): Environment {
  const key = [...kinds].toSorted().join(' ');
  let environment = byKinds.get(key);
  if (environment === undefined) {
    environment = baseEnvironment();
    declareType(environment, NO_OUTPUTS, {});
    for (const uses of kinds) declareKind(environment, uses);
    if (byKinds.size >= KEPT) byKinds.clear();
    byKinds.set(key, environment);
  }
  return environment;
}

const NO_OUTPUTS = 'Outputs';

/** What a step of this kind leaves behind, if it has no outputs. */
function declareKind(environment: Environment, uses: string): void {
  const kind = kindOf(uses);
  if (kind !== null) typeOfSchema(environment, kind.result, resultName(uses));
  declareStep(environment, `Step.${uses}`, uses, NO_OUTPUTS);
}

function declareSteps(environment: Environment, steps: readonly Step[]): ReadonlyMap<Step, string> {
  return new Map(
    steps.map((step, index) => {
      const outputs = Object.keys(step.outputs).map((output) => [output, 'dyn']);
      if (outputs.length === 0) return [step, `Step.${step.uses}`];
      const name = `Step#${index}`;
      const own = declareType(environment, `${name}.outputs`, Object.fromEntries(outputs));
      return [step, declareStep(environment, name, step.uses, own)];
    }),
  );
}

function declareStep(
  environment: Environment,
  name: string,
  uses: string,
  outputs: string,
): string {
  return declareType(environment, name, {
    status: 'dyn',
    verdict: 'dyn',
    result: resultName(uses),
    outputs,
    ...(uses === 'parallel' ? { children: 'list<dyn>' } : {}),
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
