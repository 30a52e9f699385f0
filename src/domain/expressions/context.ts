import type { Json } from '#domain/json.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';

import type { Compiled } from './compile.ts';
import type { ChildFacts, Scope, StepFacts } from './scope.ts';
import { inputToCel, toCel } from './values.ts';

/** The variables that one expression reads, as CEL values. The rest of the scope is left alone. */
export function contextFor(compiled: Compiled, scope: Scope): Map<string, unknown> {
  const context = new Map<string, unknown>();
  for (const name of compiled.names) {
    const value = variable(name, compiled, scope);
    if (value !== undefined) context.set(name, value);
  }
  return context;
}

function variable(name: string, compiled: Compiled, scope: Scope): unknown {
  if (name === scope.item?.name) return toCel(scope.item.value, null);
  switch (name) {
    case 'inputs':
      return remembered(scope.inputs, () => inputsToCel(scope));
    case 'steps':
      return stepsToCel(compiled.steps ?? Object.keys(scope.steps), scope);
    case 'result':
      return scope.result && resultToCel(scope.result.uses, scope.result.value);
    case 'plan':
    case 'incident':
    case 'run':
    case 'alert':
    case 'body':
      return scope[name] === undefined ? undefined : toCel(scope[name], null);
    default:
      return undefined;
  }
}

/** What stays the same from state to state is converted once; nothing changes a value of CEL. */
const converted = new WeakMap<object, ReadonlyMap<string, unknown>>();

function remembered(
  value: object,
  convert: () => ReadonlyMap<string, unknown>,
): ReadonlyMap<string, unknown> {
  const known = converted.get(value) ?? convert();
  converted.set(value, known);
  return known;
}

function inputsToCel({ inputs, inputSpecs }: Scope): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(inputs).map(([input, value]) => [
      input,
      inputToCel(value, ownValue(inputSpecs, input)),
    ]),
  );
}

function stepsToCel(ids: readonly string[], scope: Scope): ReadonlyMap<string, unknown> {
  const steps = new Map<string, unknown>();
  for (const id of ids) {
    const facts = ownValue(scope.steps, id);
    if (facts === undefined) continue;
    steps.set(
      id,
      remembered(facts, () => stepToCel(facts)),
    );
  }
  return steps;
}

function stepToCel(facts: StepFacts): ReadonlyMap<string, unknown> {
  const step = new Map<string, unknown>([
    ['status', facts.status],
    ['verdict', facts.verdict],
    ['result', resultToCel(facts.uses, facts.result)],
    ['outputs', toCel(facts.outputs, null)],
  ]);
  if (facts.children !== undefined) step.set('children', facts.children.map(childToCel));
  return step;
}

function childToCel(child: ChildFacts): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['id', child.id],
    ['item', toCel(child.item, null)],
    ['status', child.status],
    ['verdict', child.verdict],
    ['result', resultToCel(child.uses, child.result)],
  ]);
}

function resultToCel(uses: string, result: Json): unknown {
  return toCel(result, kindOf(uses)?.result ?? null);
}

function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
