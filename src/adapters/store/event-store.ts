import { createHash, randomBytes, randomUUID } from 'node:crypto';

import { canonicalJson } from '#domain/canonical-json.ts';
import type { Json } from '#domain/json.ts';
import { unseal, type EntryText, type StoredRecord } from '#domain/timeline/record.ts';
import type { Clock } from '#ports/clock.ts';
import type { EventStore } from '#ports/event-store.ts';
import type { Sha256 } from '#ports/sha256.ts';

import { appendOnce, wasAppended } from './append.ts';
import type { Database } from './database.ts';
import { asPort, isPassing, unavailable } from './faults.ts';

export type PostgresEventStore = EventStore & {
  /** The very bytes that were hashed, in order, for a check of the chain. */
  loadRecords(stream: string): Promise<readonly StoredRecord[]>;
  /** Erases a text and its salt; false when there is no such text. The chain stays intact. */
  redact(stream: string, position: number, name: string): Promise<boolean>;
};

/** A lost connection during an append is followed by this many more tries. */
const mostRetries = 2;

export function createEventStore(deps: { database: Database; clock: Clock }): PostgresEventStore {
  const { tables } = deps.database;

  async function loadRecords(stream: string): Promise<(StoredRecord & { position: number })[]> {
    const events = await tables
      .selectFrom('events')
      .select(['position', 'body', 'hash'])
      .where('stream', '=', stream)
      .orderBy('position')
      .execute();
    const texts = await tables
      .selectFrom('event_texts')
      .select(['position', 'name', 'salt', 'text'])
      .where('stream', '=', stream)
      .execute();

    const byPosition = Map.groupBy(texts, (text) => text.position);
    return events.map((event) => {
      const ofEvent = (byPosition.get(event.position) ?? []).map(decodeText);
      return { ...event, texts: ofEvent };
    });
  }

  return {
    loadRecords: (stream) => asPort(() => loadRecords(stream)),

    async load(stream) {
      const records = await asPort(() => loadRecords(stream));
      return records.map((record) => ({ ...unseal(record), hash: record.hash }));
    },

    /**
     * Safe to repeat after a lost answer: the expected position lets only one try through, a try
     * waits for the locks of the one before it, and rows carry the append's own id, so that what
     * looks like a conflict with somebody else is known as our own success.
     */
    async append(append) {
      const id = randomUUID();
      const recordedAt = deps.clock.now().toISOString();
      for (let tries = 0; ; tries += 1) {
        try {
          const result = await appendOnce(deps.database, { ...append, id, recordedAt }, sealing);
          if (result.kind === 'appended' || tries === 0) return result;
          return (await wasAppended(deps.database, id)) ?? result;
        } catch (error) {
          if (!isPassing(error)) throw error;
          if (tries === mostRetries) throw unavailable(error);
        }
      }
    },

    async mark(scope, key): Promise<Json> {
      const row = await asPort(() =>
        tables
          .selectFrom('marks')
          .select('value')
          .where('scope', '=', scope)
          .where('key', '=', key)
          .executeTakeFirst(),
      );
      return row === undefined ? null : JSON.parse(row.value);
    },

    async setMark({ scope, key, value }) {
      const text = canonicalJson(value);
      await asPort(() =>
        tables
          .insertInto('marks')
          .values({ scope, key, value: text, append_id: null })
          .onConflict((conflict) =>
            conflict.columns(['scope', 'key']).doUpdateSet({ value: text, append_id: null }),
          )
          .execute(),
      );
    },

    async streams({ prefix, open, limit }) {
      let query = tables
        .selectFrom('streams')
        .select('id')
        .where((where) => where.fn('starts_with', ['id', where.val(prefix)]), 'is', true)
        .orderBy('seq', 'desc')
        .limit(limit);
      if (open !== undefined) query = query.where('open', '=', open);
      const rows = await asPort(() => query.execute());
      return rows.map((row) => row.id);
    },

    async redact(stream, position, name) {
      const result = await asPort(() =>
        tables
          .updateTable('event_texts')
          .set({ text: null, salt: null })
          .where('stream', '=', stream)
          .where('position', '=', position)
          .where('name', '=', name)
          .executeTakeFirst(),
      );
      return result.numUpdatedRows > 0n;
    },
  };
}

function decodeText({ name, salt, text }: EntryText): EntryText {
  return { name, salt, text: text === null ? null : JSON.parse(text) };
}

const sha256: Sha256 = (text) => createHash('sha256').update(text).digest('hex');

const sealing = { sha256, newSalt: () => randomBytes(16).toString('hex') };
