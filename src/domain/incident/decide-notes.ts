import { refuse, type Refusal } from '#domain/run/refusals.ts';
import type { Turn } from '#domain/stream/turn.ts';

import type { IncidentCommand } from './commands.ts';
import type { Incident } from './state.ts';

type Command<Type> = Extract<IncidentCommand, { type: Type }>;

/** A message is on the timeline once, whoever puts it there and in which way. */
export function addNote(
  turn: Turn,
  incident: Incident,
  { source, happenedAt, text, by }: Command<'AddNote'>,
): Refusal {
  if (source !== null && incident.notes[source.message] !== undefined) {
    return refuse('incident.noted', 'This message is on the timeline already.');
  }
  const files = source?.files ?? [];
  turn.emit({
    type: 'NoteAdded',
    happenedAt,
    ...(by && { by }),
    source: source && { ...source, files: files.length === 0 ? undefined : [...files] },
    texts: { note: text },
  });
  return null;
}

export function changeNote(
  turn: Turn,
  incident: Incident,
  { message, text, edited }: Command<'ChangeNote'>,
): Refusal {
  const before = incident.notes[message];
  if (before === undefined) return null;
  // Edits are told of in any order. One that brings back the old words is newer than what is told late, too.
  if (edited !== undefined && edited < before.edited) return null;
  if (before.text === text && (edited === undefined || edited === before.edited)) return null;
  turn.emit({ type: 'NoteChanged', message, edited, texts: { note: text } });
  return null;
}

export function withdrawNote(
  turn: Turn,
  incident: Incident,
  { message }: Command<'WithdrawNote'>,
): Refusal {
  if (incident.notes[message] !== undefined) turn.emit({ type: 'NoteWithdrawn', message });
  return null;
}

export function reportPicture(
  turn: Turn,
  { pictures }: Incident,
  { message, file, copy }: Command<'ReportPicture'>,
): Refusal {
  const waits = pictures.some((one) => one.message === message && one.file === file);
  if (!waits) return refuse('incident.no-picture', 'No copy of this picture is waited for.');
  turn.emit({ type: 'PictureKept', message, file, copy });
  return null;
}
