import type { Diagnostic } from '#domain/diagnostic.ts';

import { flowGraph, reachable } from './flow-graph.ts';
import { asWarning, atValue, type Subject } from './rule.ts';

/** Every step can be reached from the first one by some route. */
export function unreachableStep({ runbook, file }: Subject): readonly Diagnostic[] {
  const first = runbook.steps[0]?.id ?? '';
  const reached = reachable(flowGraph(runbook), first);
  return runbook.steps.flatMap(({ id }, index) =>
    id === first || reached.has(id)
      ? []
      : [
          asWarning(
            file.source.problem(
              'unreachable-step',
              atValue(file, ['steps', index, 'id']),
              `no route leads to "${id}"`,
              'name it in the `next` of another step, or take it out',
            ),
          ),
        ],
  );
}
