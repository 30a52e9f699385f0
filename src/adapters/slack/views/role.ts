import { channelLink, mrkdwn, mrkdwnLine, personName } from '#adapters/slack/mrkdwn.ts';
import type { RoleMessage } from '#ports/chat-messages.ts';

import { context, section, type SlackMessage } from './blocks.ts';
import { briefText } from './brief.ts';

const MOST_OPEN = 10;

/** What somebody is told who has got a role: what is expected of them, how things stand, what is open. */
export function roleMessage(message: RoleMessage): SlackMessage {
  const { instructions, note, from, open } = message;
  const role = mrkdwnLine(message.role, 30);
  const title = mrkdwnLine(message.title, 200);
  const drill = message.drill ? '🎓 Drill · ' : '';
  const where = message.channel === null ? '' : ` · ${channelLink(message.channel)}`;
  const rest = open.length - MOST_OPEN;
  const items = [
    ...open.slice(0, MOST_OPEN).map((item) => `• ${mrkdwnLine(item, 200)}`),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ];

  return {
    text: `${drill}You are ${role}: ${title}`,
    blocks: [
      section(`${drill}*You are ${role}* · ${title}${where}`),
      ...(instructions === null ? [] : [section(`_${mrkdwnLine(instructions, 1_500)}_`)]),
      ...(note === null || from === null
        ? []
        : [section(`${personName(from)} says: ${mrkdwn(note, 1_000)}`)]),
      section(briefText(message.brief)),
      ...(items.length === 0 ? [] : [section(`*Open when you took over*\n${items.join('\n')}`)]),
      context(`${mrkdwnLine(message.incident, 60)} · only you see this`),
    ],
  };
}
