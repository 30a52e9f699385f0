import { triggerLine } from '#domain/runbook/graph/step-lines.ts';
import type { InputSpec, Runbook, Trigger } from '#domain/runbook/runbook.ts';

import { bold, code, changed, quoted, type Change } from './change-text.ts';
import { stepDifferences } from './step-differences.ts';
import { valueChanges } from './value-changes.ts';

/**
 * What changes for a responder from one version of a runbook to another, as Markdown; empty if
 * nothing does. Null is a runbook that is not there, before or after.
 */
export function differenceOf(before: Runbook | null, after: Runbook | null): string {
  if (before === null && after === null) return '';
  if (before === null) return after === null ? '' : `New runbook: ${headOf(after)}\n`;
  if (after === null) return `Removed runbook: ${headOf(before)}\n`;
  const sections = [
    ['Runbook', headChanges(before, after)],
    ['Triggers', triggerChanges(before, after)],
    ['Inputs', inputChanges(before.inputs, after.inputs)],
    ['Steps', stepDifferences(before, after)],
  ] as const;
  return sections
    .filter(([, changes]) => changes.length > 0)
    .map(([title, changes]) => `**${title}**\n\n${changes.map(bullets).join('\n')}\n`)
    .join('\n');
}

function bullets({ text, details = [] }: Change): string {
  return [`- ${text}`, ...details.map((detail) => `  - ${detail}`)].join('\n');
}

function headOf({ id, title, steps }: Runbook): string {
  return `${bold(title)} (${code(id)}), ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`;
}

function headChanges(before: Runbook, after: Runbook): readonly Change[] {
  const texts = [
    ['Id', before.id, after.id],
    ['Title', before.title, after.title],
    ['Service', before.service, after.service],
    ['Owner', before.owner, after.owner],
    ['Reviewed', before.reviewed, after.reviewed],
    ['Review holds for', before.review, after.review],
  ] as const;
  return [
    ...texts.flatMap(([name, one, other]) => changed(name, one, other, quoted)),
    ...valueChanges('Link', before.links, after.links).map((text) => ({ text })),
  ];
}

/** A trigger has no name, so a changed one is one that went and one that came. */
function triggerChanges(before: Runbook, after: Runbook): readonly Change[] {
  const gone = withoutThoseOf(before.triggers, after.triggers);
  const come = withoutThoseOf(after.triggers, before.triggers);
  return [
    ...gone.map((trigger) => triggerChange('Removed', trigger)),
    ...come.map((trigger) => triggerChange('Added', trigger)),
  ];
}

function withoutThoseOf(some: readonly Trigger[], others: readonly Trigger[]): readonly Trigger[] {
  const known = new Set(others.map((trigger) => JSON.stringify(trigger)));
  return some.filter((trigger) => !known.has(JSON.stringify(trigger)));
}

function triggerChange(what: 'Added' | 'Removed', trigger: Trigger): Change {
  return {
    text: `${what} ${code(triggerLine(trigger))}`,
    details: Object.entries(trigger.inputs).map(
      ([name, value]) => `input ${code(name)}: ${code(JSON.stringify(value))}`,
    ),
  };
}

function inputChanges(before: Runbook['inputs'], after: Runbook['inputs']): readonly Change[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name): readonly Change[] => {
    const [old, current] = [before[name], after[name]];
    if (current === undefined) return [{ text: `Removed ${code(name)}` }];
    if (old === undefined) return [{ text: `Added ${code(name)}, ${inputText(current)}` }];
    const details = valueChanges('', old, current);
    return details.length === 0 ? [] : [{ text: code(name), details }];
  });
}

function inputText(input: InputSpec): string {
  const { default: given, required } = input;
  if (given !== undefined) return `${input.type}, default ${code(JSON.stringify(given))}`;
  return required === false ? `${input.type}, optional` : `${input.type}, has to be given`;
}
