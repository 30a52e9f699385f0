import type { LoadedEvent } from '#app/load.ts';
import { redacted } from '#domain/incident/evolve.ts';
import type { Incident } from '#domain/incident/state.ts';
import type { RoleMessage } from '#ports/chat-messages.ts';

import { brief } from './brief.ts';
import type { Happened } from './desired.ts';
import { personOf, type Drawing } from './drawing.ts';

export type RoleNotice = {
  slot: string;
  person: string;
  message: RoleMessage;
  happened: Happened;
};

/** What whoever has got a role is told in private, once. */
export function roleMessages(drawing: Drawing, incident: Incident): RoleNotice[] {
  let lines: RoleMessage['brief'] | null = null;
  return drawing.events.flatMap(({ position, event }: LoadedEvent): RoleNotice[] => {
    if (event.type !== 'RoleAssigned' || event.person.kind !== 'person') return [];
    lines ??= brief(drawing, drawing.settings, drawing.now);
    const { role, person, handover, texts } = event;
    const open = handover?.open ?? [];
    const settings = drawing.settings.incident.roles.find(({ name }) => name === role);
    const message: RoleMessage = {
      kind: 'role',
      role,
      incident: incident.id,
      title: incident.title,
      drill: incident.drill,
      channel: incident.channel?.id ?? null,
      from: handover ? personOf(handover.from) : null,
      note: texts?.['note'] === null ? redacted : (texts?.['note'] ?? null),
      instructions: settings?.instructions ?? null,
      // What was open at a handover stands in a list of its own.
      brief: lines.filter(({ label }) => open.length === 0 || label !== 'Open'),
      open,
    };
    const happened = { at: event.at, what: inOneLine(message) };
    return [{ slot: `role:${position}`, person: person.id, message, happened }];
  });
}

function inOneLine({ role, from, note, instructions }: RoleMessage): string {
  const source = from === null ? '' : `, handed over by ${from.name}`;
  return [`You have the role ${role}${source}.`, note, instructions].filter(Boolean).join(' ');
}
