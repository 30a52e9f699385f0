import type { Diagnostic } from '#domain/diagnostic.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Step } from '#domain/runbook/runbook.ts';

import { cyclesIn, type FlowGraph, flowGraph, reachable } from './flow-graph.ts';
import { ASK, END } from './routes.ts';
import { asWarning, atValue, type Subject } from './rule.ts';

/**
 * A cycle waits for something: a person, a watch. One that does neither and has no way out is an
 * error; one that has a way out may still spin as fast as its checks answer, which is a warning.
 */
export function endlessLoop({ runbook, file }: Subject): readonly Diagnostic[] {
  const { steps } = runbook;
  const graph = flowGraph(runbook);
  const waiting = new Set(steps.filter(waits).map(({ id }) => id));
  const hurried: FlowGraph = new Map([...graph].filter(([id]) => !waiting.has(id)));
  const placeOf = new Map(steps.map(({ id }, index) => [id, index]));

  return cyclesIn(hurried).map((members) => {
    const cycle = members.toSorted((a, b) => (placeOf.get(a) ?? 0) - (placeOf.get(b) ?? 0));
    const [first = ''] = cycle;
    const wayOut = [...reachable(graph, first)].some(
      (to) => to === END || to === ASK || waiting.has(to),
    );
    const found = file.source.problem(
      'endless-loop',
      atValue(file, ['steps', placeOf.get(first) ?? 0, 'id']),
      `a loop without a person or a watch: ${names(cycle)}`,
      'give a check in it a `watch`, or route one of its outcomes to a person or to `end`',
    );
    return wayOut ? asWarning(found) : found;
  });
}

function waits(step: Step): boolean {
  const role = kindOf(step.uses)?.role;
  return step.watch !== null || role === 'person' || role === 'write';
}

function names(cycle: readonly string[]): string {
  return cycle.length > 6
    ? `${cycle.slice(0, 5).join(', ')} and ${cycle.length - 5} more`
    : cycle.join(', ');
}
