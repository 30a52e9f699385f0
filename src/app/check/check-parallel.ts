import type { StepFacts } from '#domain/expressions/scope.ts';
import type { Json } from '#domain/json.ts';
import { activitiesOf, itemLabel, judgeChildren } from '#domain/run/read.ts';

import type { At, Checking, Ending, Found, Level } from './checking.ts';
import { dependencyOrder, inDependencyOrder } from './in-dependency-order.ts';
import { chosenAmong, placeIn } from './selection.ts';

/** Checks all items at once; within one, a child waits for the siblings that it reads. */
export async function checkParallel(
  checking: Checking,
  level: Level,
  at: At,
  signal: AbortSignal,
): Promise<Ending> {
  const { step, scope } = at;
  const expansion = activitiesOf(step, scope);
  if (!expansion.ok) return { status: 'failed', verdict: 'inconclusive', text: expansion.error };

  const items = [...new Set(expansion.value.activities.map(({ item }) => item))];
  const order = dependencyOrder(step.steps);
  const found = (
    await Promise.all(items.map((item) => checkItem(checking, level, at, { item, order }, signal)))
  ).flat();

  const { verdict, why } = judgeChildren(found.flatMap(({ own }) => own.verdict ?? []));
  return {
    status: 'succeeded',
    verdict,
    text: why,
    nested: found.flatMap(({ own, nested }) => [own, ...nested]),
    children: found.flatMap(({ child }) => child ?? []),
  };
}

type Child = Found & { child: NonNullable<StepFacts['children']>[number] | null };

async function checkItem(
  checking: Checking,
  level: Level,
  { step, place, whole, scope }: At,
  { item, order }: { item: Json; order: ReturnType<typeof dependencyOrder> },
  signal: AbortSignal,
): Promise<readonly Child[]> {
  const label = step.foreach === null ? null : itemLabel(item);
  const placeOf = (id: string) => placeIn(place, id, label);
  const selection = whole ? { ...checking.selection, only: null } : checking.selection;
  const chosen = chosenAmong(step.steps, selection, placeOf);
  const siblings: Record<string, StepFacts> = {};
  const wanted = order.filter((reading) => chosen.has(reading.step.id));

  const done = await inDependencyOrder(wanted, async (child): Promise<Child> => {
    const seen = {
      ...scope,
      steps: { ...scope.steps, ...siblings },
      ...(step.foreach && { item: { name: step.foreach.name, value: item } }),
    };
    const inside = { step: child, place: placeOf(child.id), whole, scope: seen };
    const found = await checking.checkStep(checking, level, inside, signal);
    if (found.facts === null) return { ...found, child: null };
    siblings[child.id] = found.facts;
    return { ...found, child: { id: child.id, item, ...found.facts } };
  });
  return step.steps.flatMap(({ id }) => done.get(id) ?? []);
}
