import crypto from 'node:crypto';

import type { Kysely } from 'kysely';

import { canonicalJson } from '#domain/canonical-json.ts';
import type { Json } from '#domain/json.ts';
import { unseal } from '#domain/timeline/record.ts';
import type { Clock } from '#ports/clock.ts';
import type { EventStore, Mark } from '#ports/event-store.ts';

import { appendOnce, wasAppended } from './append.ts';
import { asPort, isPassing, unavailable } from './faults.ts';
import { loadRecords, redact } from './records.ts';
import type { Tables } from './tables.ts';

/** A lost connection during an append is followed by this many more tries. */
const mostRetries = 2;

/** Streams in PostgreSQL. Positions and hashes are made under the lock of the stream's row. */
export function createEventStore(
  db: Kysely<Tables>,
  clock: Pick<Clock, 'now'> = { now: () => new Date() },
): EventStore {
  return {
    async load(stream, after) {
      const records = await asPort(() => loadRecords(db, stream, after));
      return records.map(({ position, body, hash, texts }) => {
        const { recordedAt, event } = unseal(body, texts);
        return { stream, position, recordedAt, event, hash };
      });
    },

    /**
     * Safe to repeat after a lost answer: the expected position lets only one try through, a try
     * waits for the locks of the one before it, and rows carry the append's own id, so that what
     * looks like a conflict with somebody else is known as our own success.
     */
    async append(append) {
      const id = crypto.randomUUID();
      const recordedAt = clock.now().toISOString();
      for (let tries = 0; ; tries += 1) {
        try {
          const result = await appendOnce(db, { ...append, id, recordedAt }, sealing);
          if (result.kind === 'appended' || tries === 0) return result;
          return (await wasAppended(db, id)) ?? result;
        } catch (error) {
          if (!isPassing(error)) throw error;
          if (tries === mostRetries) throw unavailable(error);
        }
      }
    },

    redact: (stream, position, words) => asPort(() => redact(db, stream, position, words)),

    async mark(scope, key): Promise<Json> {
      const row = await asPort(() =>
        db
          .selectFrom('marks')
          .select('value')
          .where('scope', '=', scope)
          .where('key', '=', key)
          .executeTakeFirst(),
      );
      return row === undefined ? null : JSON.parse(row.value);
    },

    async setMark(...marks) {
      if (marks.length === 0) return;
      // In one order, so that two who set the same ones never wait for each other.
      const rows = marks
        .map(({ scope, key, value }) => ({ scope, key, value: canonicalJson(value) }))
        .toSorted((one, other) => placeOf(one).localeCompare(placeOf(other)));
      await asPort(() =>
        db
          .insertInto('marks')
          .values(rows)
          .onConflict((conflict) =>
            conflict
              .columns(['scope', 'key'])
              .doUpdateSet((row) => ({ value: row.ref('excluded.value') })),
          )
          .execute(),
      );
    },

    async streams({ prefix, open, limit }) {
      let query = db
        .selectFrom('streams')
        .select('id')
        .where((where) => where.fn('starts_with', ['id', where.val(prefix)]), 'is', true)
        .orderBy('seq', 'desc')
        .limit(limit);
      if (open !== undefined) query = query.where('open', '=', open);
      const rows = await asPort(() => query.execute());
      return rows.map((row) => row.id);
    },
  };
}

function placeOf({ scope, key }: Pick<Mark, 'scope' | 'key'>): string {
  return `${scope} ${key}`;
}

export function sha256(text: string): string {
  return crypto.hash('sha256', text);
}

const sealing = { sha256, salt: () => crypto.randomBytes(16).toString('hex') };
