import { mention, mrkdwn, mrkdwnLine } from '#adapters/slack/mrkdwn.ts';
import { timeOfDay } from '#adapters/slack/slack-time.ts';
import type { ReminderMessage } from '#ports/chat-messages.ts';

import { context, controls, section, type SlackMessage } from './blocks.ts';
import { stampLine } from './stamps.ts';

/** An update is due: who sees to it, the draft as a quotation, and what to press. */
export function reminderMessage(reminder: ReminderMessage): SlackMessage {
  const { outcome, draft, last } = reminder;
  const drill = reminder.drill ? '🎓 Drill · ' : '';
  if (outcome !== null) {
    const stamp = outcome.by.id === '' ? mrkdwnLine(outcome.what, 60) : stampLine(outcome);
    const text = `${drill}An update was due. ${stamp}`;
    return { text, blocks: [context(`⏰ ${text}`)] };
  }
  const called = reminder.mention.flatMap((id) => mention(id) ?? []);
  const quoted = mrkdwn(draft, 1_500)
    .split('\n')
    .map((line) => `> ${line}`);
  const since = last === null ? 'There was none yet.' : `The last one was at ${timeOfDay(last)}.`;

  return {
    text: `${drill}An update is due. ${called.join(' ')}`.trim(),
    blocks: [
      section(`⏰ ${drill}*An update is due.* ${since} ${called.join(' ')}`.trim()),
      section(quoted.join('\n')),
      ...controls(reminder.buttons, 0, 5),
      context('Send opens the draft, to be read and changed before it goes out.'),
    ],
  };
}
