import { mrkdwnLine } from '#adapters/slack/mrkdwn.ts';
import type { BriefLine } from '#ports/chat-messages.ts';

import { section, type SlackMessage } from './blocks.ts';

/** Five lines: what, since when, what was tried, who leads, what is open. */
export function briefText(lines: readonly BriefLine[]): string {
  return lines
    .map(({ label, text }) => `*${mrkdwnLine(label, 20)}:* ${mrkdwnLine(text, 400)}`)
    .join('\n');
}

/** To whoever asks, or comes in late. */
export function briefMessage(lines: readonly BriefLine[]): SlackMessage {
  const text = lines.length === 0 ? 'There is nothing to say yet.' : briefText(lines);
  return { text, blocks: [section(text)] };
}
