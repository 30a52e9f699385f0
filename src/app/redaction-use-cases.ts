import type { Actor } from '#domain/ids.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import { timelineEntries } from '#domain/timeline/entries.ts';

import { allowed, type Policed } from './allowed.ts';
import type { App } from './app.ts';
import { announceJob, executeFor, lanes } from './execute.ts';
import { load, type Loaded, type LoadedEvent } from './load.ts';
import { done, refused, rejectedReply, replyOf } from './reply.ts';

/** Fewer characters than that stand anywhere by chance. */
const shortestWords = 4;

type RedactionUseCases = Pick<Policed, 'redactEntry' | 'writtenEntries'>;

export function createRedactionUseCases(app: App): RedactionUseCases {
  return {
    writtenEntries: allowed(app, 'record.texts', async ({ id }, permit) => {
      const loaded = await load(app, id);
      const rejection = permit.whyNot(loaded.stream);
      if (rejection !== null) return rejectedReply(rejection);
      const written = new Set(
        loaded.events.filter(({ event }) => textsOf(event).length > 0).map((one) => one.position),
      );
      return timelineEntries(loaded.events).filter(({ seq }) => written.has(seq));
    }),

    /** That somebody did so is recorded first; done again, it goes on where it stopped. */
    redactEntry: allowed(app, 'record.redact', async ({ id, entry }, permit) => {
      const loaded = await load(app, id);
      const event = loaded.events.find(({ position }) => position === entry);
      if (event === undefined) {
        return refused('entry.unknown', `There is no entry ${entry} in ${JSON.stringify(id)}.`);
      }
      const positions = placesOf(loaded, event);
      if (positions.length === 0) {
        return refused(
          'entry.no-text',
          `Entry ${entry} has no text that a person wrote, or not any more.`,
        );
      }
      const at = app.clock.now().toISOString();
      const { actor } = permit;
      const executed = await executeFor(app, permit.about(authorsOf(event)), id, () => [
        { type: 'Redact', at, actor, entry, positions },
      ]);
      if (executed.kind !== 'done') return replyOf(executed);
      // The entry itself comes last, so that it is found again if this is cut short.
      const others = positions.filter((position) => position !== entry);
      for (const picture of picturesOf(loaded, event)) {
        await app.store.setMark({ scope: 'picture', key: picture, value: null });
      }
      for (const position of [...others, entry]) await app.store.redact(id, position);
      // What was drawn meanwhile may show the text once more.
      for (const lane of lanes) await app.jobs.enqueue(announceJob(id, lane));
      return done(
        [`The text of entry ${entry} is out of the record.`, ...leftOf(loaded, positions)].join(
          '\n',
        ),
      );
    }),
  };
}

/** The entry, and wherever else the same words stand: at the end of the step, in the note's other versions. */
function placesOf({ events }: Loaded, { event, position }: LoadedEvent): number[] {
  if (textsOf(event).length === 0) return [];
  return events
    .filter((other) => other.position === position || repeats(other.event, event))
    .filter((other) => textsOf(other.event).length > 0)
    .map((other) => other.position);
}

/** Our copies of the pictures of a note. */
function picturesOf({ events }: Loaded, { event }: LoadedEvent): string[] {
  const message = noteOf(event);
  if (message === null) return [];
  return events.flatMap(({ event: other }) =>
    other.type === 'PictureKept' && other.message === message && other.copy !== null
      ? [other.copy]
      : [],
  );
}

function repeats(other: StreamEvent, event: StreamEvent): boolean {
  const note = noteOf(event);
  if (note !== null) return noteOf(other) === note;
  return (
    other.type === 'StepFinished' &&
    'visit' in event &&
    other.run === event.run &&
    other.step === event.step &&
    other.visit === event.visit
  );
}

/** The message that a note was made of. */
function noteOf(event: StreamEvent): string | null {
  if (event.type === 'NoteChanged') return event.message;
  return event.type === 'NoteAdded' ? (event.source?.message ?? null) : null;
}

/** What is not under our hand: where a runbook has put the words into something else, and chat. */
function leftOf({ events }: Loaded, positions: readonly number[]): string[] {
  const erased = events
    .filter(({ position }) => positions.includes(position))
    .flatMap(({ event }) => textsOf(event))
    .filter((text) => text.length >= shortestWords);
  const left = events.filter(
    ({ position, event }) =>
      !positions.includes(position) &&
      erased.some((text) => JSON.stringify(event).includes(JSON.stringify(text).slice(1, -1))),
  );
  const places = left.map(({ position }) => position).join(', ');
  return [
    ...(left.length === 0
      ? []
      : [`The same words stand in ${places}, too: a runbook or somebody else put them there.`]),
    'A message in Slack that has the text stays there: delete it there.',
  ];
}

function textsOf(event: StreamEvent): string[] {
  const texts = 'texts' in event ? Object.values(event.texts ?? {}) : [];
  return texts.filter((text) => text !== null);
}

function authorsOf({ event }: LoadedEvent): Actor[] {
  const author =
    event.type === 'NoteAdded' ? (event.source?.author ?? event.by ?? event.actor) : event.actor;
  return [author, event.actor];
}
