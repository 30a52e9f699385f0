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

/**
 * The sets of steps that lead to each other, of one step only if it leads to itself: Tarjan's strongly
 * connected components, in time in proportion to the routes, and without recursion.
 */
export function cyclesIn(graph: FlowGraph): readonly (readonly string[])[] {
  const low = new Map<string, number>();
  const order = new Map<string, number>();
  const onPath = new Set<string>();
  const path: string[] = [];
  const cycles: string[][] = [];

  for (const root of graph.keys()) {
    const open = order.has(root) ? [] : [visit(root)];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const { id, targets } = top;
      const next = targets.next();
      if (!next.done) {
        if (!order.has(next.value)) open.push(visit(next.value));
        else if (onPath.has(next.value)) lower(id, order.get(next.value));
        continue;
      }
      open.pop();
      const above = open.at(-1);
      if (above !== undefined) lower(above.id, low.get(id));
      if (low.get(id) === order.get(id)) close(id);
    }
  }
  return cycles;

  function visit(id: string) {
    order.set(id, order.size);
    low.set(id, order.size - 1);
    path.push(id);
    onPath.add(id);
    return { id, targets: (graph.get(id) ?? new Set<string>()).values() };
  }

  function lower(id: string, to: number | undefined): void {
    low.set(id, Math.min(low.get(id) ?? 0, to ?? 0));
  }

  function close(id: string): void {
    const members = path.splice(path.lastIndexOf(id));
    for (const member of members) onPath.delete(member);
    if (members.length > 1 || graph.get(id)?.has(id)) cycles.push(members);
  }
}
