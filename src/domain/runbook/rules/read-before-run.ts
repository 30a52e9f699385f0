import type { Diagnostic } from '#domain/diagnostic.ts';
import { stepsRead } from '#domain/expressions/references.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';

import { allSites } from './expression-sites.ts';
import { flowGraph } from './flow-graph.ts';
import { atPart, atValue, type LocatedStep, type Subject } from './rule.ts';

/**
 * What an expression reads of another step is there on every path that leads to it. A text for
 * people may lack a word; it says `(unknown)` there.
 */
export function readBeforeRun(subject: Subject): readonly Diagnostic[] {
  const { runbook, file } = subject;
  const before = ranBefore(runbook);
  const ids = new Set(runbook.steps.map(({ id }) => id));

  return allSites(subject).sites.flatMap(({ located, site }) => {
    const reader = (located.parent ?? located.step).id;
    const ran = before.get(reader);
    if (ran === undefined || site.forPeople || site.expression.includes('has(')) return [];

    const early = stepsRead(site.expression).filter(
      (id) => ids.has(id) && !ran.has(id) && !isItself(id, located),
    );
    if (early.length === 0) return [];
    const range =
      site.part === null ? atValue(file, site.path) : atPart(file, site.path, site.part);
    return [
      file.source.problem(
        'read-before-run',
        range,
        `${early.join(', ')} may not have run when ${reader} reads it`,
        'ask with has(…) first, or route every path through it',
      ),
    ];
  });
}

/** In what is evaluated after the step, its own facts are there. */
function isItself(id: string, { step, parent }: LocatedStep): boolean {
  return id === step.id || (parent?.steps.some((sibling) => sibling.id === id) ?? false);
}

/**
 * By step, the steps that ran on every path from the first one: the usual intersection over the
 * predecessors until nothing changes. Steps that no route reaches are left out.
 */
function ranBefore(runbook: Runbook): ReadonlyMap<string, ReadonlySet<string>> {
  const graph = flowGraph(runbook);
  const first = runbook.steps[0]?.id;
  const before = new Map<string, ReadonlySet<string>>();
  if (first === undefined) return before;

  before.set(first, new Set());
  const open = [first];
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    const after = new Set([...(before.get(id) ?? []), id]);
    for (const target of graph.get(id) ?? []) {
      if (!graph.has(target)) continue;
      const known = before.get(target);
      const met =
        known === undefined ? after : new Set([...known].filter((each) => after.has(each)));
      if (known !== undefined && met.size === known.size) continue;
      before.set(target, met);
      open.push(target);
    }
  }
  return before;
}
