import { mrkdwnLine } from '#adapters/slack/mrkdwn.ts';
import { timeOfDay } from '#adapters/slack/slack-time.ts';
import type { StepLine, StepMark } from '#ports/chat-messages.ts';

import { heldText } from './held.ts';
import { MARKS } from './marks.ts';
import { stampLine } from './stamps.ts';

const MOST_CHILDREN = 8;

/** A step with its finding, children and stamps: one section of at most about 2,900 characters. */
export function stepText(step: StepLine): string {
  const children = byInterest(step.children).slice(0, MOST_CHILDREN);
  const hidden = step.children.length - children.length;
  const lines = [
    `${stepHead(step, 150)}${step.text === '' ? '' : `\n${oldOr(step, mrkdwnLine(step.text, 250))}`}`,
    ...children.map((child) => {
      const text = child.text === '' ? '' : `: ${mrkdwnLine(child.text, 80)}`;
      return `      ${oldOr(child, `${stepHead(child, 60)}${text}`)}`;
    }),
    ...(hidden > 0 ? [`      and ${hidden} more`] : []),
    ...(step.holds === null ? [] : [heldText(step.holds)]),
    ...step.stamps.slice(-2).map((stamp) => `_${stampLine(stamp)}_`),
  ];
  return lines.join('\n');
}

/** A line for each step, for a message that only reports. */
export function stepSummary(step: StepLine): string {
  const text = step.text === '' ? '' : `: ${mrkdwnLine(step.text, 200)}`;
  return oldOr(step, `${stepHead(step, 100)}${text}`);
}

function stepHead(step: StepLine, titleMax: number): string {
  const [sign, word] = MARKS[step.mark];
  const title = mrkdwnLine(step.title, titleMax);
  return step.stale ? `🕓 ${title} · was ${word}` : `${sign} *${title}* · ${word}`;
}

/** Old evidence looks old and says from when it is: nobody should act on it before checking again. */
function oldOr(step: StepLine, text: string): string {
  if (!step.stale) return text;
  const from = step.at === null ? 'old' : `old, from ${timeOfDay(step.at)}`;
  return `${text} _(${from})_`;
}

const DULL: ReadonlySet<StepMark> = new Set(['ok', 'done', 'pending', 'skipped', 'cancelled']);

/** Problems first, otherwise in order: of forty hosts the broken one must not be the one left out. */
function byInterest(steps: readonly StepLine[]): StepLine[] {
  if (steps.length <= MOST_CHILDREN) return [...steps];
  return steps.toSorted((a, b) => Number(DULL.has(a.mark)) - Number(DULL.has(b.mark)));
}
