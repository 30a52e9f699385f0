import { parseDuration } from '#domain/duration.ts';
import { later } from '#domain/run/read.ts';
import { refuse, said, type Refusal } from '#domain/run/refusals.ts';
import type { Turn } from '#domain/stream/turn.ts';

import type { IncidentCommand } from './commands.ts';
import type { Incident } from './state.ts';

type Command<Type> = Extract<IncidentCommand, { type: Type }>;

/** When the next update is due by the pace of a severity, counted from now; null: there is no pace. */
export function nextUpdateFor(turn: Turn, severity: string): string | null {
  const every = turn.settings.incident.severities[severity]?.updateEvery ?? null;
  const ms = every === null ? null : parseDuration(every);
  return ms === null ? null : later(turn.at, ms);
}

export function postUpdate(
  turn: Turn,
  { status, severity }: Incident,
  { text, tell = [] }: Command<'PostUpdate'>,
): Refusal {
  if (text.trim() === '') return refuse('incident.empty-update', 'An update needs a text.');
  const nextUpdate = status === 'open' ? nextUpdateFor(turn, severity) : null;
  turn.emit({ type: 'UpdatePosted', nextUpdate, tell: [...tell], texts: { text } });
  return null;
}

/** A timer that comes too late, or for an update that was sent meanwhile, changes nothing. */
export function remind(
  turn: Turn,
  { status, severity, nextUpdate }: Incident,
  { due }: Command<'Remind'>,
): Refusal {
  if (status !== 'open' || nextUpdate !== due) {
    return refuse('incident.no-update-due', 'No update is due.');
  }
  turn.emit({ type: 'UpdateAsked', nextUpdate: nextUpdateFor(turn, severity) });
  return null;
}

export function snooze(
  turn: Turn,
  { reminders, status }: Incident,
  { reminder: number, minutes }: Command<'Snooze'>,
): Refusal {
  const reminder = reminders[number];
  if (reminder === undefined) return refuse('incident.no-reminder', 'There is no such reminder.');
  if (reminder.answer !== null) return refuse('incident.reminder-answered', said(reminder.answer));
  if (status !== 'open') return refuse('incident.not-open', 'This incident is not open.');
  const nextUpdate = minutes === null ? null : later(turn.at, minutes * 60_000);
  turn.emit({ type: 'ReminderAnswered', reminder: number, nextUpdate });
  return null;
}
