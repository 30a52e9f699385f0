import { channelLink, mrkdwn, mrkdwnLine, personName } from '#adapters/slack/mrkdwn.ts';
import { dayAndTime, span } from '#adapters/slack/slack-time.ts';
import type { AnnouncementMessage } from '#ports/chat-messages.ts';

import { context, controls, section, type SlackMessage } from './blocks.ts';
import { recordLine } from './record-line.ts';

const STANDING = {
  open: { sign: '🔴', word: '' },
  resolved: { sign: '🟢', word: 'Resolved · ' },
  merged: { sign: '🔀', word: 'Merged · ' },
} as const;

/** An incident as people outside of it see it, edited in place until it is over. */
export function announcementMessage(view: AnnouncementMessage): SlackMessage {
  const title = mrkdwnLine(view.title, 200);
  const severity = mrkdwnLine(view.severity, 30);
  const { sign, word } = STANDING[view.status];
  const drill = view.drill ? '🎓 Drill · ' : '';
  const summary = mrkdwn(view.summary, 2_000);
  const facts = [
    `Started ${dayAndTime(view.startedAt)}`,
    view.resolvedAt === null ? '' : `took ${span(view.startedAt, view.resolvedAt)}`,
    view.commander === null ? '' : `Commander: ${personName(view.commander)}`,
    view.channel === null ? '' : channelLink(view.channel),
    mrkdwnLine(view.incident, 60),
    view.record === null ? '' : recordLine(view.record),
  ];

  return {
    text: `${view.drill ? 'Drill: ' : ''}${word === '' ? 'Incident' : word.replace(' · ', '')}: ${title} (${severity})`,
    blocks: [
      section(
        `${sign} *${drill}${word}${severity} · ${title}*${summary === '' ? '' : `\n${summary}`}`,
      ),
      context(facts.filter((fact) => fact !== '').join(' · ')),
      ...controls(view.buttons, 0, 5),
    ],
  };
}
