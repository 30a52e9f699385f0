import { channelLink, mrkdwnLine, personName } from '#adapters/slack/mrkdwn.ts';
import { dayAndTime } from '#adapters/slack/slack-time.ts';
import type { IncidentLine } from '#app/read-models/incident-line.ts';

import { context, section, type SlackMessage } from './blocks.ts';

const MOST = 20;

/** The open incidents, newest first: how bad, what, where, who, since when. */
export function incidentListMessage(incidents: readonly IncidentLine[]): SlackMessage {
  const count = incidents.length === 1 ? '1 open incident' : `${incidents.length} open incidents`;
  const head = incidents.length === 0 ? 'There is no open incident.' : count;
  const more = incidents.length - MOST;
  return {
    text: head,
    blocks: [
      section(`*${head}*`),
      ...incidents.slice(0, MOST).map((line) => section(lineText(line))),
      ...(more > 0 ? [context(`and ${more} more: \`handrail incidents\``)] : []),
    ],
  };
}

function lineText(line: IncidentLine): string {
  const marks = [line.drill ? '🎓 Drill' : '', line.private ? '🔒 Private' : ''];
  const head = [...marks, `*${mrkdwnLine(line.severity, 30)} · ${mrkdwnLine(line.title, 150)}*`];
  const facts = [
    line.channel === null ? '' : channelLink(line.channel),
    line.commander === null ? 'no commander' : personName({ id: '', name: line.commander }),
    `since ${dayAndTime(line.startedAt)} (${line.minutes} min)`,
    mrkdwnLine(line.id, 60),
  ];
  return `${shown(head)}\n${shown(facts)}`;
}

function shown(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
