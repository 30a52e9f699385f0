import type { Actor } from '#domain/ids.ts';
import { hasCopyOf, shortestWords, textsOf } from '#domain/stream/copied-texts.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import { timelineEntries } from '#domain/timeline/entries.ts';

import { allowed, type Policed } from './allowed.ts';
import type { App } from './app.ts';
import { announceJob, executeFor, lanes } from './execute.ts';
import { load, type Loaded, type LoadedEvent } from './load.ts';
import { done, refused, rejectedReply, replyOf } from './reply.ts';

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
      const own = placesOf(loaded, event);
      if (own.length === 0) {
        return refused(
          'entry.no-text',
          `Entry ${entry} has no text that a person wrote, or not any more.`,
        );
      }
      const words = wordsIn(loaded, own);
      const copies = (await app.store.load(id))
        .filter((stored) => !own.includes(stored.position) && hasCopyOf(stored.event, words))
        .map(({ position }) => position);
      const positions = [...own, ...copies];
      const at = app.clock.now().toISOString();
      const { actor } = permit;
      const executed = await executeFor(app, permit.about(authorsOf(event)), id, () => [
        { type: 'Redact', at, actor, entry, positions },
      ]);
      if (executed.kind !== 'done') return replyOf(executed);
      // The entry itself comes last, so that it is found again if this is cut short.
      for (const position of copies) await app.store.redact(id, position, words);
      const others = own.filter((position) => position !== entry);
      for (const picture of picturesOf(loaded, event)) {
        await app.store.setMark({ scope: 'picture', key: picture, value: null });
      }
      for (const position of [...others, entry]) await app.store.redact(id, position);
      // What was drawn meanwhile may show the text once more.
      for (const lane of lanes) await app.jobs.enqueue(announceJob(id, lane));
      return done(
        [
          `The text of entry ${entry} is out of the record.`,
          ...(await leftOf(app, id, words)),
        ].join('\n'),
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

/** What is erased with those entries, as it may stand elsewhere. */
function wordsIn({ events }: Loaded, positions: readonly number[]): string[] {
  const erased = events.filter(({ position }) => positions.includes(position));
  return erased
    .flatMap(({ event }) => textsOf(event))
    .filter((text) => text.length >= shortestWords);
}

/** What is not under our hand: where somebody else wrote the words, or they were put before they could be erased. */
async function leftOf(app: App, id: string, words: readonly string[]): Promise<string[]> {
  const { events } = await load(app, id);
  const streams = [id, ...events.flatMap(({ event }) => linkedBy(event))];
  const places: string[] = [];
  for (const stream of new Set(streams)) {
    const left = (await load(app, stream)).events.filter(({ event }) => stands(words, event));
    const where = left.map(({ position }) => position).join(', ');
    if (where !== '') places.push(stream === id ? where : `${where} of ${stream}`);
  }
  return [
    ...(places.length === 0
      ? []
      : [`The same words stand in ${places.join(', in ')}, too: somebody else put them there.`]),
    'Our messages in Slack follow. What people wrote there stays, and so does what was exported: delete it there.',
  ];
}

function stands(words: readonly string[], event: StreamEvent): boolean {
  const text = JSON.stringify(event);
  return words.some((one) => text.includes(JSON.stringify(one).slice(1, -1)));
}

/** The incidents and runs from which something was taken over, or which took it over. */
function linkedBy(event: StreamEvent): string[] {
  switch (event.type) {
    case 'IncidentMerged':
      return [event.into];
    case 'IncidentAbsorbed':
      return [event.incident];
    case 'FindingsBrought':
      return [event.from.run];
    default:
      return [];
  }
}

function authorsOf({ event }: LoadedEvent): Actor[] {
  const author =
    event.type === 'NoteAdded' ? (event.source?.author ?? event.by ?? event.actor) : event.actor;
  return [author, event.actor];
}
