import type { Runbook } from '#domain/runbook/runbook.ts';

import { routesOf } from './routes.ts';

/** Step id to the targets of its routes, `end` and `ask` among them. Top-level steps only. */
export type FlowGraph = ReadonlyMap<string, ReadonlySet<string>>;

export function flowGraph(runbook: Runbook): FlowGraph {
  return new Map(
    runbook.steps.map((step, index) => [step.id, new Set(routesOf(step, index, runbook).values())]),
  );
}

/** Everything that can be reached from `start`, without `start` itself unless a route leads back. */
export function reachable(graph: FlowGraph, start: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const target of graph.get(id) ?? []) {
      if (reached.has(target)) continue;
      reached.add(target);
      open.push(target);
    }
  }
  return reached;
}
