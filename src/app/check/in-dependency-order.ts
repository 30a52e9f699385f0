import { stepsReadBy } from '#domain/expressions/references.ts';
import type { Step } from '#domain/runbook/runbook.ts';

/** A step, and those before it in the list that it reads. */
export type Reading = { step: Step; reads: readonly string[] };

/**
 * The steps so that what is read comes before what reads it. Of a circle, which lint refuses, the
 * last one just comes last, and finds nothing to read.
 */
export function dependencyOrder(steps: readonly Step[]): readonly Reading[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const seen = new Set<string>();
  const order: Reading[] = [];
  const visit = (step: Step): void => {
    if (seen.has(step.id)) return;
    seen.add(step.id);
    const reads = stepsReadBy(step).filter((id) => byId.has(id));
    for (const id of reads) {
      const read = byId.get(id);
      if (read !== undefined) visit(read);
    }
    order.push({ step, reads });
  };
  for (const step of steps) visit(step);
  return order;
}

/** Does the work of each step as soon as that of all it reads is done, and everything else at once. */
export async function inDependencyOrder<T>(
  order: readonly Reading[],
  task: (step: Step) => Promise<T>,
): Promise<ReadonlyMap<string, T>> {
  const begun = new Map<string, Promise<T>>();
  for (const { step, reads } of order) {
    const before = reads.flatMap((id) => begun.get(id) ?? []);
    begun.set(
      step.id,
      before.length === 0 ? task(step) : Promise.all(before).then(() => task(step)),
    );
  }
  const done = [...begun].map(async ([id, work]) => [id, await work] as const);
  return new Map(await Promise.all(done));
}
