import { textOf } from '#domain/json.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import { END } from '#domain/runbook/rules/routes.ts';
import type { Runbook, Step, Trigger } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { approvalLines } from './approval-lines.ts';
import { readable } from './readable.ts';

/** Of an expression only its beginning fits into a picture. */
const EXPRESSION_LENGTH = 60;

/** What starts a runbook by itself; none is a person's command. */
export function startLines({ triggers }: Runbook): readonly string[] {
  return triggers.length === 0 ? ['by hand'] : triggers.map(triggerLine);
}

export function triggerLine(trigger: Trigger): string {
  if (trigger.kind === 'schedule') {
    const { cron, timezone, mode } = trigger;
    const named = { live: '', dryRun: ' (dry run)', drill: ' (drill)' }[mode];
    return `schedule ${cron}, ${timezone}${named}`;
  }
  const labels = Object.entries(trigger.alert).map(([name, value]) =>
    name === 'alertname' ? value : `${name}=${value}`,
  );
  return `alert ${labels.join(', ')}${trigger.start === 'person' ? ', waits for Start' : ''}`;
}

/** What a step is and does, shortest first; `why`, texts and conditions have no room in a picture. */
export function stepLines(
  runbook: Runbook,
  step: Step,
  settings: Settings | null,
): readonly string[] {
  const { inputs } = runbook;
  const writes = kindOf(step.uses)?.role === 'write';
  return [
    `${writes ? 'writes: ' : ''}${[step.uses, subjectOf(step, inputs)].join(' ')}`.trim(),
    ...(step.foreach === null
      ? []
      : [`for each ${step.foreach.name} in ${short(step.foreach.list)}`]),
    ...step.steps.map(
      (child) => `• ${child.title === child.id ? '' : `${child.title}: `}${child.uses}`,
    ),
    ...(step.if === null ? [] : [`only if ${short(step.if)}`]),
    ...(step.watch === null ? [] : [watchLine(step.watch, inputs)]),
    ...(step.timeout !== null && kindOf(step.uses)?.role === 'person'
      ? [`waits ${readable(step.timeout, inputs)} at most`]
      : []),
    ...failureLine(runbook, step),
    ...(writes && settings !== null ? approvalLines(runbook, step, settings) : []),
  ];
}

/**
 * Telling people never blocks: unless its author routed a failure, the run goes on with the following
 * step. That is a line of the step, since as a way it would look like a part of the plan.
 */
export function goesOnAfterFailure(step: Step): boolean {
  return kindOf(step.uses)?.role === 'tell' && step.next['failed'] === undefined;
}

/** The one input that tells two steps of a kind apart. */
function subjectOf(step: Step, inputs: Runbook['inputs']): string {
  const { metric, flag, id, to } = step.with;
  switch (step.uses) {
    case 'check.metric':
      return textOf(metric);
    case 'flags.get':
    case 'flags.set':
      return readable(textOf(flag), inputs);
    case 'runbook':
      return readable(textOf(id), inputs);
    case 'notify':
      return readable(textOf(to), inputs);
    default:
      return '';
  }
}

function failureLine({ steps }: Runbook, step: Step): readonly string[] {
  const following = steps[steps.indexOf(step) + 1]?.id ?? END;
  if (!goesOnAfterFailure(step) || (step.next['succeeded'] ?? following) === following) return [];
  return [`if it fails: ${steps.find(({ id }) => id === following)?.title ?? 'End'}`];
}

export function watchLine(watch: NonNullable<Step['watch']>, inputs: Runbook['inputs']): string {
  const { every, hold, giveUpAfter } = watch;
  const held =
    readable(hold, inputs) === '0s' ? 'until OK' : `until OK for ${readable(hold, inputs)}`;
  return `every ${readable(every, inputs)} ${held}, ${readable(giveUpAfter, inputs)} at most`;
}

function short(expression: string): string {
  const line = expression.replaceAll(/\s+/g, ' ');
  return line.length <= EXPRESSION_LENGTH ? line : `${line.slice(0, EXPRESSION_LENGTH - 1)}…`;
}
