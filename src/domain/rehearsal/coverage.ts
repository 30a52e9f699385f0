import { kindOf } from '#domain/runbook/kind-of.ts';
import { choices } from '#domain/runbook/rules/routes.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';
import type { Path } from '#domain/runbook/yaml/yaml-node.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';

import { forEveryItem } from './mocks.ts';
import { rehearsedRun } from './scene.ts';
import { visitsOf } from './visits.ts';

/**
 * What the cases of a runbook have gone through: its steps, and the routes that are written in it.
 * Those are the entries of `next`, the options of a choice, and an `if` that is false. What happens
 * without a route is the language's, and what people do by steering is no route.
 */
export type Coverage = { steps: Share; routes: Share; missed: readonly Coverable[] };
type Share = { covered: number; total: number };

/** A step, or a route such as `symptom: fail → what_changed`, with its place in the runbook's file. */
export type Coverable = { kind: 'step' | 'route'; name: string; path: Path };

export function coverageOf(runbook: Runbook, seen: ReadonlySet<string>): Coverage {
  const all = runbook.steps.flatMap((step, index) => coverablesOf(runbook, step, index));
  const share = (kind: Coverable['kind']) => {
    const own = all.filter((one) => one.kind === kind);
    return { covered: own.filter(({ name }) => seen.has(name)).length, total: own.length };
  };
  return {
    steps: share('step'),
    routes: share('route'),
    missed: all.filter(({ name }) => !seen.has(name)),
  };
}

function coverablesOf(runbook: Runbook, step: Step, index: number): readonly Coverable[] {
  const at = ['steps', index];
  const route = (outcome: string, target: string, path: Path): Coverable => ({
    kind: 'route',
    name: routeName(step.id, outcome, target),
    path,
  });
  const routed = Object.entries(step.next).filter(([outcome]) => canBeMade(step, outcome));
  const following = runbook.steps[index + 1]?.id ?? 'end';
  return [
    { kind: 'step', name: step.id, path: [...at, 'id'] },
    ...step.steps.map(({ id }, inner): Coverable => ({
      kind: 'step',
      name: `${step.id}.${id}`,
      path: [...at, 'steps', inner, 'id'],
    })),
    ...routed.map(([outcome, target]) => route(outcome, target, [...at, 'next', outcome])),
    ...choices(step).map(([option, target]) =>
      route(option, target, [...at, 'with', 'options', option, 'next']),
    ),
    ...(step.if === null || step.next['skipped'] !== undefined
      ? []
      : [route('skipped', following, [...at, 'if'])]),
  ];
}

/** No case can make a step fail that only tells people. */
function canBeMade({ uses }: Step, outcome: string): boolean {
  return kindOf(uses)?.role !== 'tell' || outcome !== 'failed';
}

function routeName(step: string, outcome: string, target: string): string {
  return `${step}: ${outcome} → ${target}`;
}

/** The names of what one rehearsal went through. */
export function seenIn(events: readonly StreamEvent[]): readonly string[] {
  const seen = visitsOf(events, rehearsedRun)
    .filter(({ outcome, by }) => outcome !== 'skipped' || by?.kind === 'person')
    .map(({ step }) => step);
  const outcomes = new Map<string, string>();
  /** Where the run stands: only from there does it take a route. */
  let from: string | null = null;

  for (const event of events) {
    if (!('run' in event) || event.run !== rehearsedRun) continue;
    if (event.type === 'Measured' && event.measurement.kind !== 'skipped') {
      seen.push(forEveryItem(event.path));
    }
    if (event.type === 'StepFinished') outcomes.set(event.step, event.outcome);
    const target = targetOf(event);
    const outcome = from === null ? undefined : outcomes.get(from);
    if (from !== null && target !== null && outcome !== undefined) {
      seen.push(routeName(from, outcome, target));
    }
    if (event.type === 'PositionSet') {
      const { position } = event;
      const stands = position.kind === 'at' && position.after === null;
      from = stands ? (position.steps.at(-1) ?? null) : null;
    }
  }
  return seen;
}

/** Where the run went; what people left behind by steering has the outcome `cancelled`, and no route. */
function targetOf(event: StreamEvent): string | null {
  if (event.type === 'RunEnded') return event.status === 'succeeded' ? 'end' : null;
  if (event.type !== 'PositionSet') return null;
  const { position } = event;
  return position.kind === 'ask' ? 'ask' : (position.steps[0] ?? null);
}
