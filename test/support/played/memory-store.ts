import { sha256 } from '#adapters/store/event-store.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { type JsonObject, objectOf } from '#domain/json.ts';
import type { EventStore, Mark, NewJob, StoredEvent } from '#ports/event-store.ts';

type StreamRow = { events: StoredEvent[]; open: boolean };

/** An event store without a database; `enqueue` gets the jobs of each append. */
export function createMemoryStore(deps: {
  now: () => Date;
  enqueue: (job: NewJob) => void;
}): EventStore {
  const streams = new Map<string, StreamRow>();
  const marks = new Map<string, string>();

  return {
    load: async (stream) => [...(streams.get(stream)?.events ?? [])],

    async append({ stream, expected, events, jobs, marks: given, open }) {
      for (const mark of given) {
        const known = marks.get(place(mark));
        if (known === undefined) continue;
        return { kind: 'duplicate', mark: { ...mark, value: JSON.parse(known) } };
      }
      const row = streams.get(stream) ?? { events: [], open: true };
      if (row.events.length !== expected) return { kind: 'conflict' };
      for (const event of events) {
        const position = row.events.length + 1;
        const hash = sha256(canonicalJson([row.events.at(-1)?.hash ?? '', position, event]));
        const recordedAt = deps.now().toISOString();
        // As the record keeps it: with its keys sorted.
        const kept: JsonObject = JSON.parse(canonicalJson(event));
        row.events.push({ stream, position, recordedAt, event: kept, hash });
      }
      row.open = open ?? row.open;
      streams.set(stream, row);
      for (const mark of given) marks.set(place(mark), canonicalJson(mark.value));
      for (const job of jobs) deps.enqueue(job);
      return { kind: 'appended', position: row.events.length, head: row.events.at(-1)?.hash ?? '' };
    },

    async redact(stream, position) {
      const entry = streams.get(stream)?.events[position - 1];
      const texts = Object.entries(objectOf(entry?.event['texts']));
      if (entry === undefined || texts.every(([, text]) => text === null)) return false;
      const erased = Object.fromEntries(texts.map(([name]) => [name, null]));
      entry.event = { ...entry.event, texts: erased };
      return true;
    },

    mark: async (scope, key) => JSON.parse(marks.get(place({ scope, key })) ?? 'null'),

    async setMark(mark) {
      marks.set(place(mark), canonicalJson(mark.value));
    },

    streams: async ({ prefix, open, limit }) =>
      [...streams]
        .filter(([id, row]) => id.startsWith(prefix) && (open === undefined || row.open === open))
        .map(([id]) => id)
        .toReversed()
        .slice(0, limit),
  };
}

function place({ scope, key }: Pick<Mark, 'scope' | 'key'>): string {
  return `${scope}\n${key}`;
}
