import type { types } from '@slack/bolt';

import { plainText } from '#adapters/slack/mrkdwn.ts';
import type { Stamp, StepLine, StepMark } from '#ports/chat-messages.ts';

import { MARKS } from './marks.ts';

const MOST_TASKS = 15;
const MOST_CHILDREN = 6;

const STATUS: Record<StepMark, types.TaskCardBlock['status']> = {
  pending: 'pending',
  running: 'in_progress',
  waiting: 'in_progress',
  ok: 'complete',
  problem: 'error',
  noData: 'error',
  done: 'complete',
  skipped: 'complete',
  failed: 'error',
  unknown: 'error',
  cancelled: 'complete',
};

/**
 * A run's steps as Slack's plan. What a task holds besides its title is folded away there, so the
 * title has what matters: how a check came out, or who did what. `withFindings` of them, the newest,
 * carry what they found.
 */
export function stepPlan(
  title: string,
  steps: readonly StepLine[],
  withFindings: number,
): types.PlanBlock {
  const shown = steps.slice(-MOST_TASKS);
  const left = steps.length - shown.length;
  return {
    type: 'plan',
    title: titleOf(left === 0 ? title : `${title} (${left} earlier steps left out)`, 150),
    tasks: shown.map((step, at) => task(step, at, at >= shown.length - withFindings)),
  };
}

function task(step: StepLine, at: number, withFinding: boolean): types.TaskCardBlock {
  const lines = withFinding ? [step.text, ...step.children.slice(0, MOST_CHILDREN).map(child)] : [];
  const said = lines.filter((line) => line !== '');
  return {
    type: 'task_card',
    task_id: `step-${at}`,
    title: titleOf([step.title, ...outcome(step)].join(' · '), 160),
    status: STATUS[step.mark],
    ...(said.length > 0 && { details: text(said.join('\n')) }),
  };
}

/** What a check came to; of what was done also by whom, and what became of it where that says more. */
function outcome({ mark, stale, stamps, text: found }: StepLine): string[] {
  const [, word] = MARKS[mark];
  if (stale) return [`was ${word}`];
  const act = stamps.at(-1);
  if (act === undefined) return mark === 'done' ? [] : [word];
  if (mark !== 'done') return [word, stampText(act)];
  return [...(act.what.includes(found) ? [] : [found]), stampText(act)];
}

function stampText({ what, by, at }: Stamp): string {
  const time = Number.isNaN(Date.parse(at)) ? '' : ` ${new Date(at).toISOString().slice(11, 16)}`;
  return `${what} by @${by.name === '' ? by.id : by.name}${time}${time === '' ? '' : ' UTC'}`;
}

function child(line: StepLine): string {
  const [sign, word] = MARKS[line.mark];
  return `${sign} ${line.title} · ${word}${line.text === '' ? '' : `: ${line.text}`}`;
}

function text(content: string): types.RichTextBlock {
  const said = plainText(content, 300) || '…';
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: said }] }],
  };
}

/** Slack refuses an empty one. */
function titleOf(content: string, max: number): string {
  return plainText(content.replaceAll(/\s+/g, ' ').trim(), max) || '…';
}
