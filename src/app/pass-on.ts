import { bot } from '#domain/ids.ts';
import type { IncidentCommand } from '#domain/incident/commands.ts';
import { redacted } from '#domain/incident/evolve.ts';
import type { Stream } from '#domain/stream/stream.ts';

import type { App } from './app.ts';
import { execute, type MachineCommand } from './execute.ts';
import { load, type LoadedEvent } from './load.ts';
import { mergedInto } from './merged-into.ts';

/**
 * Gives what an incident has to the one that it was merged into: its standing notes with their own
 * times and links, its alerts and its people. Once, whatever is repeated.
 */
export async function passOn(app: App, { id, incident }: Stream): Promise<void> {
  if (incident?.merged == null) return;
  const { events } = await load(app, id);
  const target = await mergedInto(app, incident.merged.into);
  const at = app.clock.now().toISOString();
  const passed = await execute(
    app,
    target.id,
    (stream): MachineCommand[] => [
      { type: 'Absorb', at, actor: bot, other: incident },
      ...notesOf(events)
        .filter(({ source }) => !source || stream.incident?.notes[source.message] === undefined)
        .map((note) => ({ ...note, type: 'AddNote' as const, at, actor: bot })),
    ],
    [{ scope: 'passed-on', key: id, value: target.id }],
  );
  if (passed.kind === 'rejected') {
    const message = `${target.id} could not take over what is here: ${passed.rejection.message}`;
    await execute(app, id, () => [{ type: 'NoteProblem', at, actor: bot, key: 'merge', message }]);
  }
  await execute(app, id, () => [{ type: 'FinishMerge', at, actor: bot }]);
}

type Note = Pick<
  Extract<IncidentCommand, { type: 'AddNote' }>,
  'by' | 'text' | 'happenedAt' | 'source'
>;

/** Those that stand, as they read now. */
function notesOf(events: readonly LoadedEvent[]): Note[] {
  const notes: Note[] = [];
  const ofMessage = (message: string) =>
    notes.findIndex(({ source }) => source?.message === message);
  for (const { event } of events) {
    if (event.type === 'NoteAdded') {
      const { actor, by = actor, happenedAt, source, texts } = event;
      notes.push({
        by,
        happenedAt,
        source: source && { ...source, files: source.files ?? [] },
        text: texts['note'] ?? redacted,
      });
    }
    if (event.type === 'NoteChanged') {
      const at = ofMessage(event.message);
      const note = notes[at];
      if (note) notes[at] = { ...note, text: event.texts['note'] ?? redacted };
    }
    if (event.type === 'NoteWithdrawn') {
      const at = ofMessage(event.message);
      if (at >= 0) notes.splice(at, 1);
    }
  }
  return notes;
}
