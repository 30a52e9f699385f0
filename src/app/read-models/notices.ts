import type { LoadedEvent } from '#app/load.ts';
import { redacted } from '#domain/incident/evolve.ts';
import type { Run } from '#domain/run/state.ts';
import { findStep } from '#domain/run/structure.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import type { NoticeMessage } from '#ports/chat-messages.ts';

import { personOf, recordOf, type Drawing } from './drawing.ts';
import { severityWords } from './severity-words.ts';

type EventOf<Type extends StreamEvent['type']> = Extract<StreamEvent, { type: Type }>;

/** `to` null: the channel of the incident, or where the run was started. */
export type Notice = { slot: string; at: string; to: string | null; message: NoticeMessage };

/**
 * Sentences to the channel: changes of status, updates, escalations. Nothing else is posted there. They
 * are never edited, and what has changed comes with the head of the record as of it.
 */
export function notices(drawing: Drawing): Notice[] {
  return drawing.events.flatMap((entry) => noticesOf(drawing, entry));
}

function noticesOf(drawing: Drawing, entry: LoadedEvent): Notice[] {
  const { event } = entry;
  const { at } = event;
  const slot = `notice:${entry.position}`;
  const plain = { kind: 'notice', by: by(event), mention: [], record: recordOf(entry) } as const;
  const say = (text: string, more: Partial<NoticeMessage> = {}): Notice[] => [
    { slot, at, to: null, message: { ...plain, text, ...more } },
  ];
  switch (event.type) {
    case 'SeverityChanged':
      return say(
        `Severity: ${event.from} → ${event.to} (${severityWords(drawing.settings, event.to)})`,
      );
    case 'RoleAssigned': {
      const isOwn = event.person.id === event.actor.id;
      return say(roleText(event), isOwn ? { by: null } : {});
    }
    case 'RoleGivenBack':
      return event.actor.kind === 'person'
        ? say(`${event.person.name} is no longer ${event.role}`)
        : say(
            `${event.person.name} is no longer ${event.role}: their account is switched off. Who takes it?`,
            { mention: teamOf(drawing) },
          );
    case 'ProblemNoted': {
      const request = drawing.events.find(({ position }) => event.key === `approval:${position}`);
      return request?.event.type === 'ApprovalRequested'
        ? say(event.message, { mention: request.event.breakGlass.flatMap(drawing.members) })
        : [];
    }
    case 'UpdatePosted':
      return say(`Update: ${event.texts['text'] ?? redacted}`);
    case 'MomentSet':
      return event.moment === 'mitigated'
        ? say(
            event.to === null
              ? 'Not mitigated after all.'
              : `Mitigated at ${event.to.slice(11, 16)} UTC.${asksForUpdates(drawing) ? ' Updates go on until it is resolved.' : ''}`,
          )
        : [];
    case 'IncidentResolved': {
      const archived =
        event.archiveAt == null
          ? ''
          : `This channel is archived on ${event.archiveAt.slice(0, 10)}.`;
      const updates = asksForUpdates(drawing) ? 'No more updates are asked for.' : '';
      const ends = [updates, archived].filter(Boolean).join(' ');
      return say(`Resolved. ${event.texts['cause'] ?? ''}${ends === '' ? '' : `\n${ends}`}`);
    }
    case 'IncidentReopened':
      return say(`Reopened. ${event.texts?.['reason'] ?? ''}`.trim());
    case 'IncidentMerged': {
      const where = event.channel === null ? event.into : `#${event.channel.name}`;
      return say(`Merged into ${where}. Go on there.`);
    }
    case 'IncidentAbsorbed': {
      const where = event.channel === null ? '' : ` (#${event.channel.name})`;
      return say(
        `«${event.texts['title'] ?? redacted}»${where} was merged into this. Its notes and alerts are here now.`,
      );
    }
    case 'AlertChanged':
      return event.status === 'resolved'
        ? say('The alert has resolved. The incident stays open until somebody resolves it.')
        : [];
    case 'GlassBroken':
      return say(`Broke the glass: ${event.texts['reason'] ?? redacted}`, {
        mention: groupsPassedBy(drawing.events, event).flatMap(drawing.members),
      });
    case 'Escalated': {
      const run = drawing.stream.runs[event.run];
      const title = run ? (findStep(run.document.runbook, event.step)?.title ?? event.step) : '';
      const request = requestOf(drawing, event);
      const waiting = event.rung === 0 ? 'Waiting' : 'Still waiting';
      const what = request === null ? 'an answer' : 'approval';
      // Who asked can't approve, and is not mentioned for what they did themselves.
      const told = drawing.members(event.tell).filter((id) => id !== request?.requester.id);
      // Told late, it calls nobody for what has been answered meanwhile.
      const mention = run && isWaiting(run, event) ? told : [];
      return say(`${waiting} for ${what}: ${title}`, { mention, by: null, record: null });
    }
    case 'Told':
      return event.to.map((to, index) => {
        const message = { ...plain, by: null, text: event.text };
        return to.startsWith('#')
          ? { slot: `${slot}:${index}`, at, to, message: { ...message, record: null } }
          : {
              slot: `${slot}:${index}`,
              at,
              to: null,
              message: { ...message, mention: drawing.members(to) },
            };
      });
    default:
      return [];
  }
}

/** The request for an approval that is waited for; null where people are asked something else. */
function requestOf({ events }: Drawing, { run, step, since }: EventOf<'Escalated'>) {
  const found = events.find(
    ({ event }) =>
      event.type === 'ApprovalRequested' &&
      event.run === run &&
      event.step === step &&
      event.at === since,
  );
  return found?.event.type === 'ApprovalRequested' ? found.event : null;
}

function isWaiting({ end, position, steps }: Run, { step, since }: EventOf<'Escalated'>): boolean {
  if (end !== null) return false;
  if (position.kind === 'ask' && position.step === step) return position.since === since;
  const visit = steps[step];
  return visit?.finished === null && visit.wait?.since === since;
}

function roleText(event: EventOf<'RoleAssigned'>): string {
  const { role, person, actor, handover, texts } = event;
  const note = texts?.['note'];
  const said = note === undefined ? '' : `\n${note ?? redacted}`;
  if (handover === undefined) {
    return `${person.name} is now ${role}${said}`;
  }
  const open =
    handover.open.length === 0
      ? ''
      : `\nOpen: ${handover.open.map((item) => `\n• ${item}`).join('')}`;
  const what =
    person.id === actor.id
      ? `${person.name} took the role of ${role} over from ${handover.from.name}`
      : handover.from.id === actor.id
        ? `${handover.from.name} handed the role of ${role} over to ${person.name}`
        : `${person.name} is now ${role}, in place of ${handover.from.name}`;
  return `${what}${said}${open}`;
}

function by(event: StreamEvent) {
  return event.actor.kind === 'person' ? personOf(event.actor) : null;
}

/** As severity is now: what it was at the time of the sentence is not looked for. */
function asksForUpdates({ settings, stream: { incident } }: Drawing): boolean {
  return settings.incident.severities[incident?.severity ?? '']?.updateEvery != null;
}

/** The groups whose approval a broken glass went without. */
export function groupsPassedBy(
  events: readonly { event: StreamEvent }[],
  { run, hash }: EventOf<'GlassBroken'>,
): readonly string[] {
  const request = events.findLast(
    ({ event }) => event.type === 'ApprovalRequested' && event.run === run && event.hash === hash,
  )?.event;
  return request?.type === 'ApprovalRequested' ? request.groups : [];
}

/** The team of the service. */
export function teamOf(drawing: Drawing): readonly string[] {
  const { service } = drawing.stream.incident ?? { service: null };
  const owner = service === null ? undefined : drawing.settings.services[service]?.owner;
  return owner === undefined ? [] : drawing.members(owner);
}
