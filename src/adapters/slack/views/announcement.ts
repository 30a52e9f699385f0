import { channelLink, mrkdwn, mrkdwnLine, personName } from '#adapters/slack/mrkdwn.ts';
import { dayAndTime, span } from '#adapters/slack/slack-time.ts';
import type { AnnouncementMessage } from '#ports/chat-messages.ts';

import { context, section, type SlackMessage } from './blocks.ts';

/** An incident as people outside of it see it, edited in place until it is resolved. */
export function announcementMessage(view: AnnouncementMessage): SlackMessage {
  const title = mrkdwnLine(view.title, 200);
  const severity = mrkdwnLine(view.severity, 30);
  const head =
    view.status === 'open'
      ? `🔴 *${severity} · ${title}*`
      : `🟢 *Resolved · ${severity} · ${title}*`;
  const facts = [
    `Started ${dayAndTime(view.startedAt)}`,
    view.resolvedAt === null ? '' : `took ${span(view.startedAt, view.resolvedAt)}`,
    view.commander === null ? '' : `Commander: ${personName(view.commander)}`,
    view.channel === null ? '' : `Follow it in ${channelLink(view.channel)}`,
    mrkdwnLine(view.incident, 60),
  ];

  return {
    text: `${view.status === 'open' ? 'Incident' : 'Resolved'}: ${title} (${severity})`,
    blocks: [
      section(`${head}\n${mrkdwn(view.summary, 2_000)}`),
      context(facts.filter((fact) => fact !== '').join(' · ')),
    ],
  };
}
