import { mrkdwnLine } from '#adapters/slack/mrkdwn.ts';
import { timeOfDay } from '#adapters/slack/slack-time.ts';
import type { PlanView } from '#ports/chat-messages.ts';

/** A plan in at most about 2,600 characters: what and where, from and to, what changes, what to mind. */
export function planText(plan: PlanView): string {
  const lines = [
    `*${mrkdwnLine(plan.what, 200)}* · ${mrkdwnLine(plan.where, 150)}`,
    plan.from === '' && plan.to === ''
      ? ''
      : `From *${mrkdwnLine(plan.from, 120)}* to *${mrkdwnLine(plan.to, 120)}*`,
    ...shorten(plan.details, 4).map((detail) => `• ${mrkdwnLine(detail, 300)}`),
    ...shorten(plan.warnings, 3).map((warning) => `⚠️ ${mrkdwnLine(warning, 300)}`),
    plan.expiresAt === null ? '' : `_This plan holds until ${timeOfDay(plan.expiresAt)}._`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function shorten(lines: readonly string[], max: number): string[] {
  if (lines.length <= max) return [...lines];
  return [...lines.slice(0, max - 1), `and ${lines.length - max + 1} more`];
}
