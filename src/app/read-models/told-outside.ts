import { redacted } from '#domain/incident/evolve.ts';
import type { Incident } from '#domain/incident/state.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import type { NoticeMessage } from '#ports/chat-messages.ts';

import type { Happened } from './desired.ts';
import { personOf, recordOf, type Drawing } from './drawing.ts';
import { teamOf } from './notices.ts';

export type ToldOutside = {
  slot: string;
  to: { person: string } | { thread: 'announcement' };
  message: NoticeMessage;
  happened: Happened;
};

/**
 * Updates and the end, told to those who are not in the channel: under the announcement, and to each who
 * follows, by a press or by their group, at the time of the event.
 */
export function toldOutside(
  drawing: Drawing,
  incident: Incident,
  announced: boolean,
): ToldOutside[] {
  const told: ToldOutside[] = [];
  const there = incident.channel === null ? notice : { ...notice, channel: incident.channel.id };
  const followers = new Set<string>();
  const byGroup = new Set<string>();
  for (const entry of drawing.events) {
    const { position, event } = entry;
    if (event.type === 'Followed') followers.add(event.actor.id);
    if (event.type === 'Unfollowed') {
      followers.delete(event.actor.id);
      byGroup.delete(event.actor.id);
    }
    if (event.type === 'UpdatePosted') event.tell?.forEach((id) => byGroup.add(id));
    if (event.type === 'ProblemNoted' && event.key === `place:${incident.channel?.id}`) {
      const text = `${headOf(incident)}\n${event.message}\n${closedAdvice}`;
      const message: NoticeMessage = { ...there, text, by: null };
      const happened = { at: event.at, what: `${event.message}. ${closedInShort}` };
      for (const person of leading(drawing, incident)) {
        told.push({ slot: `closed:${position}:${person}`, to: { person }, message, happened });
      }
    }
    const text = toldText(event);
    if (text === null) continue;
    const slot = `told:${position}`;
    const happened = { at: event.at, what: text };
    const by = event.actor.kind === 'person' ? personOf(event.actor) : null;
    if (announced) {
      const message: NoticeMessage = { ...notice, text, by, record: recordOf(entry) };
      told.push({
        slot: `${slot}:announcement`,
        to: { thread: 'announcement' },
        message,
        happened,
      });
    }
    const head = headOf(incident);
    for (const person of new Set([...followers, ...byGroup])) {
      // Whoever sent it knows.
      if (person === event.actor.id) continue;
      const message: NoticeMessage = { ...there, text: `${head}\n${text}`, by };
      told.push({ slot: `${slot}:${person}`, to: { person }, message, happened });
    }
  }
  return told;
}

const notice = { kind: 'notice', mention: [], record: null } as const;

const closedAdvice =
  'The incident goes on, and whoever may approve is asked directly. Invite the bot to the channel again, and what stands there ' +
  'comes up to date at once; if it was archived, unarchive it, and that takes up to ten minutes.';
const closedInShort = 'Invite the bot again, or unarchive the channel.';

function headOf({ drill, severity, title }: Incident): string {
  return `${drill ? 'Drill · ' : ''}${severity} · ${title}`;
}

/** The commander; while there is none, who declared it and who joined, else the service's team. */
function leading(drawing: Drawing, incident: Incident): readonly string[] {
  const { roles, declaredBy, people } = incident;
  const commander = roles['commander']?.id;
  if (commander !== undefined) return [commander];
  const there = new Set([...(declaredBy.kind === 'person' ? [declaredBy.id] : []), ...people]);
  return there.size > 0 || incident.private ? [...there] : teamOf(drawing);
}

function toldText(event: StreamEvent): string | null {
  switch (event.type) {
    case 'UpdatePosted':
      return `Update: ${event.texts['text'] ?? redacted}`;
    case 'IncidentResolved':
      return `Resolved. ${event.texts['cause'] ?? ''}`.trim();
    case 'IncidentReopened':
      return `Reopened. ${event.texts?.['reason'] ?? ''}`.trim();
    case 'IncidentMerged':
      return `Merged into ${event.into}.`;
    default:
      return null;
  }
}
