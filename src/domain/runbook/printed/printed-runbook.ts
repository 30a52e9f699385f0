import { readableValue } from '#domain/runbook/graph/readable.ts';
import { triggerLine } from '#domain/runbook/graph/step-lines.ts';
import { codeSpan } from '#domain/runbook/markdown-code.ts';
import type { InputSpec, Runbook } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { proseLine } from './prose.ts';
import { stepSection } from './step-section.ts';

/**
 * A runbook as a document that a person can follow with no bot, from a screen or from paper: each
 * step with how to do it by hand and where to go next. Inputs stand with their defaults.
 */
export function printedRunbook(runbook: Runbook, settings: Settings | null = null): string {
  return (
    [
      `# ${proseLine(runbook.title)}`,
      aboutOf(runbook),
      ...startsOf(runbook),
      ...inputsOf(runbook.inputs),
      ...runbook.steps.map((step, index) => stepSection(runbook, step, index, settings)),
      '---\n\nTo follow by hand when Handrail is not there. Write down when you did what.',
    ].join('\n\n') + '\n'
  );
}

function aboutOf({ id, service, owner, reviewed, review, links }: Runbook): string {
  const reviewedWhen =
    reviewed === null
      ? ''
      : ` Reviewed ${reviewed}${review === null ? '' : `, good for ${review}`}.`;
  const lines = Object.entries(links).map(
    ([name, url]) => `- ${proseLine(name)}: <${encodeURI(url)}>`,
  );
  const about = `Runbook ${codeSpan(id)} for the service **${proseLine(service)}**, owned by **${proseLine(owner)}**.${reviewedWhen}`;
  return [about, ...(lines.length === 0 ? [] : ['', ...lines])].join('\n');
}

function startsOf({ triggers }: Runbook): readonly string[] {
  if (triggers.length === 0) return [];
  return [
    `**Starts by itself on**\n\n${triggers.map((one) => `- ${codeSpan(triggerLine(one))}`).join('\n')}`,
  ];
}

function inputsOf(inputs: Runbook['inputs']): readonly string[] {
  const rows = Object.entries(inputs);
  if (rows.length === 0) return [];
  return [
    `**Know before you begin**\n\n${rows.map(([name, input]) => `- ${inputLine(name, input)}`).join('\n')}`,
  ];
}

function inputLine(
  name: string,
  { description, default: given, enum: allowed }: InputSpec,
): string {
  const about = description === undefined ? '' : ` ${proseLine(description)}.`;
  const values =
    allowed === undefined
      ? ''
      : ` One of ${allowed.map((one) => codeSpan(readableValue(one, {}))).join(', ')}.`;
  const value =
    given === undefined ? 'has to be given' : `here ${codeSpan(readableValue(given, {}))}`;
  return `**${proseLine(name)}**: ${value}.${about}${values}`;
}
