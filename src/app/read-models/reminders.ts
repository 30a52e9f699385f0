import type { Incident } from '#domain/incident/state.ts';
import { updateDraft } from '#domain/timeline/update-draft.ts';
import type { Button, ReminderMessage } from '#ports/chat-messages.ts';

import { personOf, type Drawing } from './drawing.ts';

/** Each reminder that an update is due, the open one with its buttons. */
export function reminders(drawing: Drawing, incident: Incident): ReminderMessage[] {
  return incident.reminders.map(({ at, answer }, index) => ({
    kind: 'reminder',
    drill: incident.drill,
    last: incident.update?.at ?? null,
    draft: answer === null ? updateDraft(drawing.events, at) : '',
    mention: answer === null ? seesToUpdates(incident) : [],
    buttons: answer === null ? buttons(drawing, index) : [],
    outcome:
      answer === null
        ? null
        : { what: answer.what, by: personOf(answer.by), at: answer.at, reason: null },
  }));
}

/** Who has communications, else the commander, else whoever declared it. */
function seesToUpdates({ roles, declaredBy }: Incident): string[] {
  const person = roles['communications'] ?? roles['commander'] ?? declaredBy;
  return person.kind === 'person' ? [person.id] : [];
}

function buttons({ button }: Drawing, reminder: number): Button[] {
  const snooze = (minutes: number | null, label: string) =>
    button({ act: { type: 'Snooze', reminder, minutes }, label });
  return [
    button({ act: { type: 'SendUpdate' }, label: 'Send' }),
    snooze(30, '30 min'),
    snooze(60, '60 min'),
    snooze(90, '90 min'),
    snooze(null, 'Stop'),
  ];
}
