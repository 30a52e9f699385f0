import { incidentMoments } from '#domain/timeline/moments.ts';
import type { CatchUpMessage, RecordRef } from '#ports/chat-messages.ts';

import type { Desired } from './desired.ts';
import { type Drawing, personOf } from './drawing.ts';
import { askedIn } from './run-message.ts';
import { standingOf } from './standing.ts';

/** One message in place of several that could not be posted in time. */
export function catchUp(
  drawing: Drawing,
  to: Desired['to'],
  told: readonly Desired[],
): CatchUpMessage {
  const { stream, settings, now } = drawing;
  const inOrder = told
    .flatMap(({ happened, message }) => (happened === undefined ? [] : [{ happened, message }]))
    .toSorted((one, other) => one.happened.at.localeCompare(other.happened.at));
  const notices = inOrder.flatMap(({ message }) => (message.kind === 'notice' ? [message] : []));
  const isThere = 'channel' in to;
  const command = settings.incident.commands.incident.replace(/^\//, '');
  return {
    kind: 'catch-up',
    about: isThere ? null : about(drawing),
    lines: inOrder.map(({ happened: { at, what }, message }) => ({
      at,
      text: what,
      by: message.kind === 'notice' ? message.by : null,
    })),
    waiting: isThere ? waitedFor(drawing) : [],
    now,
    // Nobody is called for what they did themselves.
    mention: [
      ...new Set(notices.flatMap(({ mention, by }) => mention.filter((id) => id !== by?.id))),
    ],
    record: newest(
      inOrder.flatMap(({ message }) => ('record' in message ? (message.record ?? []) : [])),
    ),
    timeline: stream.incident === null ? `handrail timeline ${stream.id}` : `/${command} timeline`,
  };
}

function waitedFor(drawing: Drawing): string[] {
  return Object.values(drawing.stream.runs).flatMap((run) => {
    const question = run.parent === null ? askedIn(drawing, run) : null;
    return question === null ? [] : [`${question.title}: ${question.who}`];
  });
}

/** Who is not in the channel sees neither card nor question. */
function about({ stream: { incident }, events }: Drawing): CatchUpMessage['about'] {
  if (incident === null) return null;
  const { commander } = incident.roles;
  return {
    title: incident.title,
    severity: incident.severity,
    drill: incident.drill,
    status: standingOf(incident),
    mitigatedAt: incidentMoments(events).mitigated.at,
    commander: commander ? personOf(commander) : null,
    nextUpdate: incident.nextUpdate,
    channel: incident.channel?.id ?? null,
  };
}

function newest(records: readonly RecordRef[]): RecordRef | null {
  return records.toSorted((one, other) => other.position - one.position)[0] ?? null;
}
