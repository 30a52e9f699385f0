import type { Actor } from '#domain/ids.ts';
import { redacted } from '#domain/incident/evolve.ts';
import { isJsonArray, objectOf, type JsonObject } from '#domain/json.ts';
import { emptyStream, evolve, type Stream, type StreamEvent } from '#domain/stream/stream.ts';

import { incidentSentence } from './incident-sentence.ts';
import type { RecordedEvent } from './recorded-event.ts';
import { runSentence } from './run-sentence.ts';
import { type Sentence, writtenText } from './sentence.ts';

/** One line of the timeline. `seq` is the position in the record, so there are gaps where nothing was worth a line. */
export type Entry = {
  seq: number;
  /** When it happened; for a note that may be long before it was written down. */
  at: string;
  recordedAt: string;
  actor: Actor;
  kind: string;
  text: string;
  evidence: JsonObject | null;
  hash: string;
};

/**
 * What a reader of the timeline wants to know, in the order of the record. Left out is what only
 * the machine needs: positions, retries, and the samples of a watch but for the first healthy one.
 * A note reads as the message that it was made of does now, and goes with it.
 */
export function timelineEntries(events: readonly RecordedEvent[]): Entry[] {
  const entries: Entry[] = [];
  const notes = new Map<string, Entry>();
  let before = emptyStream('');
  for (const { position, recordedAt, hash, event } of events) {
    const sentence = sentenceOf(event, before);
    before = evolve(before, event);
    if (event.type === 'NoteChanged') {
      const note = notes.get(event.message);
      if (note !== undefined) note.text = writtenText(event.texts, 'note') ?? redacted;
    }
    if (event.type === 'PictureKept') {
      const note = notes.get(event.message);
      if (note !== undefined) note.evidence = withCopy(note.evidence, event.file, event.copy);
    }
    if (event.type === 'NoteWithdrawn') {
      const note = notes.get(event.message);
      if (note !== undefined) entries.splice(entries.indexOf(note), 1);
    }
    if (sentence === null) continue;
    const entry = {
      seq: position,
      at: sentence.at ?? event.at,
      recordedAt,
      actor: (event.type === 'NoteAdded' ? event.by : null) ?? event.actor,
      kind: sentence.kind,
      text: sentence.text,
      evidence: sentence.evidence ?? null,
      hash,
    };
    entries.push(entry);
    if (event.type === 'NoteAdded' && event.source !== null) {
      notes.set(event.source.message, entry);
    }
  }
  return entries;
}

function withCopy(
  evidence: JsonObject | null,
  index: number,
  copy: string | null,
): JsonObject | null {
  const files = evidence?.['files'];
  if (!isJsonArray(files)) return evidence;
  const known = files.map((file, at) => (at === index ? { ...objectOf(file), copy } : file));
  return { ...evidence, files: known };
}

function sentenceOf(event: StreamEvent, before: Stream): Sentence | null {
  return 'run' in event ? runSentence(event, before.runs[event.run]) : incidentSentence(event);
}
