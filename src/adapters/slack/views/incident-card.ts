import { channelLink, link, mrkdwnLine, personName } from '#adapters/slack/mrkdwn.ts';
import { dayAndTime, span, timeOfDay } from '#adapters/slack/slack-time.ts';
import type { IncidentCard } from '#ports/chat-messages.ts';

import { context, controls, fit, section, type SlackMessage } from './blocks.ts';

const ALERTS = {
  firing: '🔥 The alert is firing',
  resolved: '🟢 The alert has resolved',
} as const;

/** The pinned card of an incident: what is going on, who leads, and what comes next. */
export function incidentCard(card: IncidentCard): SlackMessage {
  const title = mrkdwnLine(card.title, 200);
  const facts = [
    `*${mrkdwnLine(card.severity, 30)}* · *${standing(card)}*`,
    place(card),
    `Commander: ${card.commander === null ? '_nobody yet_' : personName(card.commander)}`,
  ];

  return {
    text: `${card.drill ? 'Drill: ' : ''}${title}: ${mrkdwnLine(card.severity, 30)}, ${card.status}`,
    blocks: fit(
      [
        section(
          `${card.drill ? '🎓 *Drill* · ' : ''}${card.private ? '🔒 *Private* · ' : ''}*${title}*\n${facts.filter((fact) => fact !== '').join(' · ')}`,
        ),
        section(progress(card).join('\n')),
        ...(card.related.length === 0 ? [] : [context(related(card))]),
      ],
      card.problems.slice(0, 5).map((problem) => context(`⚠️ ${mrkdwnLine(problem, 300)}`)),
      [context(smallPrint(card)), ...controls(card.buttons, 0, 20)],
    ),
  };
}

function progress(card: IncidentCard): string[] {
  const lines: readonly (readonly [string, string | null])[] = [
    ['Now', card.step],
    ['Last finding', card.finding],
    ['Next', card.next],
    ['Cause', card.cause],
  ];
  const shown = lines.flatMap(([label, text]) =>
    text === null || text === '' ? [] : [`*${label}:* ${mrkdwnLine(text, 400)}`],
  );
  const asks = card.alert === 'resolved' && card.status === 'open' ? '. Is the incident over?' : '';
  const alert = card.alert === null ? [] : [`${ALERTS[card.alert]}${asks}`];
  return shown.length + alert.length === 0 ? ['_Nothing checked yet._'] : [...alert, ...shown];
}

function smallPrint(card: IncidentCard): string {
  const { startedAt, resolvedAt } = card;
  const roles = card.roles
    .slice(0, 8)
    .map(({ role, person }) => `${mrkdwnLine(role, 30)}: ${personName(person)}`);
  return [
    `Started ${dayAndTime(startedAt)}`,
    resolvedAt === null ? '' : `resolved after ${span(startedAt, resolvedAt)}`,
    card.nextUpdate === null ? '' : `next update ${timeOfDay(card.nextUpdate)}`,
    ...roles,
    ...card.links.slice(0, 3).map(({ label, url }) => link(label, url)),
    mrkdwnLine(card.incident, 60),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

export function standing({
  status,
  mitigatedAt,
}: Pick<IncidentCard, 'status' | 'mitigatedAt'>): string {
  switch (status) {
    case 'open':
      return mitigatedAt === null ? 'Open' : `Open, mitigated ${timeOfDay(mitigatedAt)}`;
    case 'resolved':
      return 'Resolved';
    case 'merged':
      return 'Merged';
    default:
      return status satisfies never;
  }
}

function related(card: IncidentCard): string {
  return card.related
    .slice(0, 5)
    .map(({ text, channel }) => {
      const where = channel === null ? '' : ` ${channelLink(channel)}`;
      return `🔀 ${mrkdwnLine(text, 200)}${where}`;
    })
    .join('\n');
}

function place({ service, environment }: IncidentCard): string {
  return [service, environment]
    .filter((part) => part !== null)
    .map((part) => mrkdwnLine(part, 60))
    .join(' / ');
}
