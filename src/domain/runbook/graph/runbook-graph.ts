import { optionsOf } from '#domain/run/options.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import { ASK, END, routesOf } from '#domain/runbook/rules/routes.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { outcomeWord } from './outcome-words.ts';
import { goesOnAfterFailure, startLines, stepLines } from './step-lines.ts';

/** The steps and routes of a runbook as a picture shows them; every text is for people. */
export type RunbookGraph = {
  title: string;
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
};

export type GraphNode = {
  /**
   * `start` or `step:<id>`. Each step that may end the run has an `end:<id>` of its own, and each
   * that may ask a person how to go on an `ask:<id>`, so that no edge crosses the picture to get there.
   */
  id: string;
  role: NodeRole;
  title: string;
  /** What the step is and does, in a few short lines. */
  lines: readonly string[];
};

export type NodeRole =
  | 'start'
  | 'check'
  | 'person'
  | 'write'
  | 'incident'
  | 'runbook'
  | 'ask'
  | 'end';

export type GraphEdge = {
  from: string;
  to: string;
  /** The outcomes or options that take this way; none where the step has only this one way. */
  labels: readonly string[];
  /** `usual` if things go well or a person chose it, `problem` if not, `unsure` without an answer. */
  tone: Tone;
};

export type Tone = 'usual' | 'problem' | 'unsure';

/**
 * The graph of a runbook: its default routes are drawn too, since they are taken too. With the
 * settings a write also says who approves it.
 */
export function graphOf(runbook: Runbook, settings: Settings | null = null): RunbookGraph {
  const { steps, title } = runbook;
  const edges = [startEdge(runbook), ...steps.flatMap((_, index) => edgesOf(runbook, index))];
  const targets = new Set(edges.map(({ to }) => to));
  const nodes: readonly GraphNode[] = [
    { id: 'start', role: 'start', title: 'Start', lines: startLines(runbook) },
    ...steps.flatMap((step) => nodesOf(step, stepLines(runbook, step, settings))),
  ];
  const needed = ({ id }: GraphNode) => !/^(?:ask|end):/.test(id) || targets.has(id);
  return { title, nodes: nodes.filter(needed), edges };
}

/** A step, and the places where it could leave the runbook. */
function nodesOf(step: Step, lines: readonly string[]): readonly GraphNode[] {
  return [
    { id: `step:${step.id}`, role: roleOf(step), title: step.title, lines },
    { id: `ask:${step.id}`, role: 'ask', title: 'Ask how to go on', lines: [] },
    { id: `end:${step.id}`, role: 'end', title: 'End', lines: [] },
  ];
}

function startEdge({ steps }: Runbook): GraphEdge {
  return { from: 'start', to: `step:${steps[0]?.id}`, labels: [], tone: 'usual' };
}

/** One edge for each target, with the outcomes that lead there. */
function edgesOf(runbook: Runbook, index: number): readonly GraphEdge[] {
  const step = runbook.steps[index];
  if (step === undefined) return [];
  const ways = new Map<string, Way[]>();
  for (const way of waysOf(runbook, step, index)) {
    ways.set(way.target, [...(ways.get(way.target) ?? []), way]);
  }
  return [...ways].map(([target, taken]) => ({
    from: `step:${step.id}`,
    to: nodeIdOf(target, step),
    labels: ways.size === 1 ? [] : taken.map(({ label }) => label),
    tone: taken.map(({ tone }) => tone).reduce(calmer),
  }));
}

type Way = { target: string; label: string; tone: Tone };

function waysOf(runbook: Runbook, step: Step, index: number): readonly Way[] {
  const options = optionsOf(step);
  return [...routesOf(step, index, runbook)].flatMap(([outcome, target]): readonly Way[] => {
    const option = outcome.startsWith('choice ') ? options[outcome.slice('choice '.length)] : null;
    if (option) return [{ target, label: option.label, tone: 'usual' }];
    // A step of people waits for ever unless it has a timeout.
    if (outcome === 'timedOut' && step.timeout === null) return [];
    if (outcome === 'failed' && goesOnAfterFailure(step)) return [];
    return [{ target, label: outcomeWord(outcome), tone: toneOf(outcome) }];
  });
}

function toneOf(outcome: string): Tone {
  if (['fail', 'failed', 'rejected'].includes(outcome)) return 'problem';
  return ['inconclusive', 'unknown', 'timedOut', 'skipped'].includes(outcome) ? 'unsure' : 'usual';
}

function calmer(one: Tone, other: Tone): Tone {
  const order: readonly Tone[] = ['usual', 'problem', 'unsure'];
  return order.indexOf(one) <= order.indexOf(other) ? one : other;
}

function nodeIdOf(target: string, step: Step): string {
  if (target === END) return `end:${step.id}`;
  return target === ASK ? `ask:${step.id}` : `step:${target}`;
}

function roleOf(step: Step): NodeRole {
  switch (kindOf(step.uses)?.role) {
    case 'write':
      return 'write';
    case 'person':
      return 'person';
    case 'tell':
      return 'incident';
    case 'flow':
      return step.uses === 'runbook' ? 'runbook' : 'check';
    case 'read':
    default:
      return 'check';
  }
}
