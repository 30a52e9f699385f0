import type { Diagnostic } from '#domain/diagnostic.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Step } from '#domain/runbook/runbook.ts';

import { type FlowGraph, flowGraph, reachable } from './flow-graph.ts';
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
  const ahead = new Map(steps.map(({ id }) => [id, reachable(hurried, id)]));
  const reported = new Set<string>();

  return steps.flatMap(({ id }, index) => {
    if (reported.has(id) || !ahead.get(id)?.has(id)) return [];
    const cycle = steps.map((step) => step.id).filter((other) => isOneCycle(id, other, ahead));
    for (const member of cycle) reported.add(member);

    const wayOut = [...reachable(graph, id)].some(
      (to) => to === END || to === ASK || waiting.has(to),
    );
    const found = file.source.problem(
      'endless-loop',
      atValue(file, ['steps', index, 'id']),
      `a loop without a person or a watch: ${names(cycle)}`,
      'give a check in it a `watch`, or route one of its outcomes to a person or to `end`',
    );
    return [wayOut ? asWarning(found) : found];
  });
}

function waits(step: Step): boolean {
  const role = kindOf(step.uses)?.role;
  return step.watch !== null || role === 'person' || role === 'write';
}

function isOneCycle(
  one: string,
  other: string,
  ahead: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  return ahead.get(one)?.has(other) === true && ahead.get(other)?.has(one) === true;
}

function names(cycle: readonly string[]): string {
  return cycle.length > 6
    ? `${cycle.slice(0, 5).join(', ')} and ${cycle.length - 5} more`
    : cycle.join(', ');
}
