import type { LoadedEvent } from '#app/load.ts';
import { findStep } from '#domain/run/structure.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import type { NoticeMessage } from '#ports/chat-messages.ts';

import { personOf, type Drawing } from './drawing.ts';

export type Notice = { slot: string; to: string | null; message: NoticeMessage };

/** Sentences to the channel: changes of status, updates, escalations. Nothing else is posted there. */
export function notices(drawing: Drawing): Notice[] {
  return drawing.events.flatMap((entry) => noticesOf(drawing, entry));
}

function noticesOf(drawing: Drawing, entry: LoadedEvent): Notice[] {
  const { event } = entry;
  const slot = `notice:${entry.position}`;
  const say = (text: string, mention: readonly string[] = []): Notice[] => [
    { slot, to: null, message: { kind: 'notice', text, by: by(event), mention } },
  ];
  switch (event.type) {
    case 'SeverityChanged':
      return say(`Severity: ${event.from} → ${event.to}`);
    case 'RoleAssigned':
      return say(
        event.person.id === event.actor.id
          ? `Is now ${event.role}`
          : `Made ${event.person.name} ${event.role}`,
      );
    case 'UpdatePosted':
      return say(`Update: ${event.texts['text'] ?? '(redacted)'}`);
    case 'IncidentResolved':
      // The head of the record goes where it can't be edited: `handrail verify` checks against it.
      return say(`Resolved. ${event.texts['cause'] ?? ''}\nRecord: ${entry.hash}`.trim());
    case 'IncidentReopened':
      return say(`Reopened.\nRecord: ${entry.hash}`);
    case 'AlertChanged':
      return event.status === 'resolved'
        ? say('The alert has resolved. The incident stays open until somebody resolves it.')
        : [];
    case 'GlassBroken':
      return say(`Broke the glass: ${event.texts['reason'] ?? '(redacted)'}`, teamOf(drawing));
    case 'Escalated': {
      const run = drawing.stream.runs[event.run];
      const title = run ? (findStep(run.document.runbook, event.step)?.title ?? event.step) : '';
      const waiting = event.rung === 0 ? 'Waiting for an answer' : 'Still waiting for an answer';
      return say(`${waiting}: ${title}`, drawing.members(event.tell));
    }
    case 'Told':
      return event.to.map((to, index) =>
        to.startsWith('#')
          ? {
              slot: `${slot}:${index}`,
              to,
              message: { kind: 'notice', text: event.text, by: null, mention: [] },
            }
          : {
              slot: `${slot}:${index}`,
              to: null,
              message: { kind: 'notice', text: event.text, by: null, mention: drawing.members(to) },
            },
      );
    default:
      return [];
  }
}

function by(event: StreamEvent) {
  return event.actor.kind === 'person' ? personOf(event.actor) : null;
}

/** Those who would have been asked to approve. */
function teamOf(drawing: Drawing): readonly string[] {
  const { service } = drawing.stream.incident ?? { service: null };
  const owner = service === null ? undefined : drawing.settings.services[service]?.owner;
  return owner === undefined ? [] : drawing.members(owner);
}
