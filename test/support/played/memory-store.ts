import { sha256 } from '#adapters/store/event-store.ts';
import {
  beforeFirst,
  seal,
  unseal,
  type SealedEntry,
  type SealedText,
} from '#domain/timeline/record.ts';
import type {
  Append,
  AppendResult,
  EventStore,
  Mark,
  NewJob,
  StoredEvent,
} from '#ports/event-store.ts';

type StreamRow = { events: StoredEvent[]; entries: SealedEntry[]; open: boolean };

/** What an event store keeps, in memory: each call is done at once, as a transaction is. */
export type MemoryRecords = ReturnType<typeof createMemoryRecords>;

/** `enqueue` gets the jobs of each append. */
export function createMemoryRecords(deps: { now: () => Date; enqueue: (job: NewJob) => void }) {
  const streams = new Map<string, StreamRow>();
  const marks = new Map<string, string>();
  let salts = 0;
  const salt = () => String((salts += 1));

  return {
    load: (stream: string, after = 0): StoredEvent[] =>
      streams.get(stream)?.events.slice(after) ?? [],

    /** As they were hashed. */
    entries: (stream: string): readonly SealedEntry[] => streams.get(stream)?.entries ?? [],

    append({ stream, expected, events, jobs, marks: given, open }: Append): AppendResult {
      for (const mark of given) {
        const known = marks.get(place(mark));
        if (known === undefined) continue;
        return { kind: 'duplicate', mark: { ...mark, value: JSON.parse(known) } };
      }
      const row = streams.get(stream) ?? { events: [], entries: [], open: true };
      if (row.events.length !== expected) return { kind: 'conflict' };
      for (const event of events) {
        const position = row.events.length + 1;
        const recordedAt = deps.now().toISOString();
        const previous = row.entries.at(-1)?.hash ?? beforeFirst;
        const entry = seal({ stream, position, recordedAt, event }, { previous, sha256, salt });
        row.entries.push(entry);
        const { event: kept } = unseal(entry.body, entry.texts);
        row.events.push({ stream, position, recordedAt, event: kept, hash: entry.hash });
      }
      row.open = open ?? row.open;
      streams.set(stream, row);
      for (const mark of given) marks.set(place(mark), JSON.stringify(mark.value));
      for (const job of jobs) deps.enqueue(job);
      const head = row.entries.at(-1)?.hash ?? beforeFirst;
      return { kind: 'appended', position: row.events.length, head };
    },

    redact(stream: string, position: number, words?: readonly string[]): boolean {
      const row = streams.get(stream);
      const stored = row?.events[position - 1];
      const entry = row?.entries[position - 1];
      if (!row || !stored || !entry) return false;
      const goes = ({ text }: SealedText) =>
        text !== null && (words?.some((one) => text.includes(one)) ?? true);
      const texts = entry.texts.map((one) =>
        goes(one) ? { name: one.name, salt: '', text: null } : one,
      );
      row.entries[position - 1] = { ...entry, texts };
      const { event } = unseal(entry.body, texts);
      row.events[position - 1] = { ...stored, event };
      return entry.texts.some(goes);
    },

    mark: (scope: string, key: string) => JSON.parse(marks.get(place({ scope, key })) ?? 'null'),

    setMark(...set: readonly Mark[]): void {
      for (const mark of set) marks.set(place(mark), JSON.stringify(mark.value));
    },

    streams: ({ prefix, open, limit }: Parameters<EventStore['streams']>[0]): string[] =>
      [...streams]
        .filter(([id, row]) => id.startsWith(prefix) && (open === undefined || row.open === open))
        .map(([id]) => id)
        .toReversed()
        .slice(0, limit),
  };
}

/** An event store without a database, which never keeps anybody waiting. */
export function createMemoryStore(deps: Parameters<typeof createMemoryRecords>[0]): EventStore {
  const records = createMemoryRecords(deps);
  return {
    load: async (stream, after) => records.load(stream, after),
    append: async (append) => records.append(append),
    redact: async (stream, position, words) => records.redact(stream, position, words),
    mark: async (scope, key) => records.mark(scope, key),
    setMark: async (...set) => records.setMark(...set),
    streams: async (filter) => records.streams(filter),
  };
}

function place({ scope, key }: Pick<Mark, 'scope' | 'key'>): string {
  return `${scope}\n${key}`;
}
