import { optionsOf } from '#domain/run/options.ts';
import { outcomeWord } from '#domain/runbook/graph/outcome-words.ts';
import { ASK, END } from '#domain/runbook/rules/routes.ts';
import type { Step } from '#domain/runbook/runbook.ts';

import { code, quoted } from './change-text.ts';

/** Ways that a step takes in one version and not in the other, default routes among them. */
export function routeChanges(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  step: Step,
): readonly string[] {
  return [...after].flatMap(([outcome, to]) => {
    const from = before.get(outcome);
    if (from === undefined || from === to) return [];
    return [`${wayOf(outcome, step)}: goes to ${target(from)} → ${target(to)}`];
  });
}

function wayOf(outcome: string, step: Step): string {
  const option = outcome.startsWith('choice ') ? outcome.slice('choice '.length) : null;
  if (option === null) return outcomeWord(outcome);
  return quoted(optionsOf(step)[option]?.label ?? option);
}

function target(id: string): string {
  if (id === END) return 'the end';
  return id === ASK ? 'asking a person' : code(id);
}
