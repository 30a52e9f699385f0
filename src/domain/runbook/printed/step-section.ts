import { optionsOf } from '#domain/run/options.ts';
import { approvalLines } from '#domain/runbook/graph/approval-lines.ts';
import { outcomeWord } from '#domain/runbook/graph/outcome-words.ts';
import { readable } from '#domain/runbook/graph/readable.ts';
import { goesOnAfterFailure, watchLine } from '#domain/runbook/graph/step-lines.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import { codeSpan } from '#domain/runbook/markdown-code.ts';
import { ASK, END, routesOf } from '#domain/runbook/rules/routes.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { byHand } from './by-hand.ts';
import { condition } from './condition.ts';
import { prose, proseLine } from './prose.ts';

/** One step: why, what to do, and by what comes of it where to go. */
export function stepSection(
  runbook: Runbook,
  step: Step,
  index: number,
  settings: Settings | null,
): string {
  return [
    `<a id="step-${step.id}"></a>`,
    `## ${index + 1}. ${proseLine(step.title)}`,
    ...(step.why === null ? [] : [`*${proseLine(step.why)}*`]),
    ...(step.if === null ? [] : [`Only if ${condition(step.if, runbook)}; else skip this step.`]),
    ...instructions(runbook, step, settings),
    ...(step.watch === null ? [] : [`Look again ${watchLine(step.watch, runbook.inputs)}.`]),
    ...(kindOf(step.uses)?.role === 'write' ? writing(runbook, step, settings) : []),
    ways(runbook, step, index),
  ].join('\n\n');
}

function instructions(runbook: Runbook, step: Step, settings: Settings | null): readonly string[] {
  const original = runbook.steps.findIndex(({ id }) => id === step.repeats);
  const again =
    original === -1 ? [] : [`The check of [step ${original + 1}](#step-${step.repeats}) again:`];
  return [
    ...again,
    ...(step.uses === 'parallel' ? [childrenHead(runbook, step)] : byHand(runbook, step, settings)),
    ...step.steps.map((child) => childItem(runbook, child, settings)),
  ];
}

function childrenHead({ inputs }: Runbook, { foreach }: Step): string {
  const all = 'do all of these. One problem is a problem of the whole:';
  if (foreach === null) return `D${all.slice(1)}`;
  const list = readable(`\${{ ${foreach.list} }}`, inputs);
  return `For each **${foreach.name}** of ${codeSpan(list)}, ${all}`;
}

/** A nested step as an item of a list, everything below it indented. */
function childItem(runbook: Runbook, child: Step, settings: Settings | null): string {
  const rules = [
    ...(child.if === null ? [] : [`Only if ${condition(child.if, runbook)}.`]),
    ...verdictRules(child, runbook),
  ];
  const body = [`**${proseLine(child.title)}**`, ...byHand(runbook, child, settings), ...rules];
  return `- ${body.join('\n\n').replaceAll('\n', '\n  ').replaceAll(/ +$/gm, '')}`;
}

function verdictRules({ pass, fail }: Step, runbook: Runbook): readonly string[] {
  return [
    ...(fail === null ? [] : [`Problem found if ${condition(fail, runbook)}.`]),
    ...(pass === null ? [] : [`OK if ${condition(pass, runbook)}.`]),
  ];
}

/** What is to be done by hand stands out: it is what this document is for. */
function writing(runbook: Runbook, step: Step, settings: Settings | null): readonly string[] {
  const hand =
    step.fallback === null
      ? 'this runbook does not say how. Ask whoever owns it.'
      : prose(readable(step.fallback, runbook.inputs));
  const approvals =
    settings === null
      ? ['Needs the approval that the settings ask for.']
      : approvalLines(runbook, step, settings).map((line) => `Approval, ${line}.`);
  return [
    [`> **By hand:** ${hand}`, ...approvals.map((line) => proseLine(line))]
      .join('\n\n')
      .replaceAll('\n', '\n> ')
      .replaceAll(/ +$/gm, ''),
  ];
}

/** Outcomes and options that lead to the same place share a line. */
function ways(runbook: Runbook, step: Step, index: number): string {
  const byTarget = new Map<string, string[]>();
  for (const [outcome, target] of routesOf(step, index, runbook)) {
    if (outcome === 'timedOut' && step.timeout === null) continue;
    if (outcome === 'failed' && goesOnAfterFailure(step)) continue;
    byTarget.set(target, [...(byTarget.get(target) ?? []), way(runbook, step, outcome)]);
  }
  const [only] = byTarget.keys();
  if (byTarget.size === 1 && only !== undefined && step.pass === null && step.fail === null) {
    return `Next: ${linkTo(runbook, only)}`;
  }
  return [...byTarget]
    .map(([target, taken]) => `- ${taken.join('; or ')} → ${linkTo(runbook, target)}`)
    .join('\n');
}

function way(runbook: Runbook, step: Step, outcome: string): string {
  const option = outcome.startsWith('choice ') ? outcome.slice('choice '.length) : null;
  if (option !== null) {
    const { label = option, recommend = null } = optionsOf(step)[option] ?? {};
    const advice = recommend === null ? '' : `, recommended if ${condition(recommend, runbook)}`;
    return `**${proseLine(label)}**${advice}`;
  }
  const rule = outcome === 'pass' ? step.pass : outcome === 'fail' ? step.fail : null;
  return `**${outcomeWord(outcome)}**${rule === null ? '' : `, if ${condition(rule, runbook)}`}`;
}

function linkTo({ steps }: Runbook, target: string): string {
  if (target === END) return 'the end';
  if (target === ASK) return 'stop, and decide together how to go on';
  const index = steps.findIndex(({ id }) => id === target);
  return `[${index + 1}. ${proseLine(steps[index]?.title ?? target)}](#step-${target})`;
}
