import { type Kysely, sql } from 'kysely';

import { objectOf, type JsonObject } from '#domain/json.ts';
import { scrubbed } from '#ports/scrubbed.ts';

import { asPort } from './faults.ts';
import type { Tables } from './tables.ts';

/**
 * What another replica has not finished after this time, it will not finish. With the pause between
 * two sweeps it is less than the ten seconds within which the living take over.
 */
const abandonedAfter = '6 seconds';
/** Nobody waits any longer for the answer to what they pressed then. */
const wantedFor = '1 hour';
/** So many tries come one soon after the other; then each waits twice as long as the one before it. */
const soonTries = 4;
/** A repeat is known as one for this long. */
const keptFor = '1 day';
const kept = 'kept';

/**
 * What Slack sends us, kept before it is acknowledged. What a process took and did not finish is
 * found again by the next one.
 */
export function createInbox(db: Kysely<Tables>, scrub = (text: string): string => text) {
  return {
    /** Resolves once it is on disk. `seen`: this key came in before. */
    async store(key: string, kind: string, body: JsonObject): Promise<'new' | 'seen'> {
      const inserted = await asPort(() =>
        db
          .insertInto('inbox')
          .values({ key, kind, body: JSON.stringify(scrubbed(body, scrub)), done_at: null })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .executeTakeFirst(),
      );
      return inserted.numInsertedOrUpdatedRows === 1n ? 'new' : 'seen';
    },

    /** The key stays known; what people typed is not kept. */
    async done(key: string): Promise<void> {
      await asPort(() =>
        db
          .updateTable('inbox')
          .set({ done_at: sql`now()`, body: '{}' })
          .where('key', '=', key)
          .execute(),
      );
    },

    /** Keeps something for a form that is open. */
    async keep(key: string, body: JsonObject): Promise<void> {
      const text = JSON.stringify(scrubbed(body, scrub));
      await asPort(() =>
        db
          .insertInto('inbox')
          .values({ key: `${kept}:${key}`, kind: kept, body: text, done_at: sql`now()` })
          .execute(),
      );
    },

    /** Null: it is not there, or not any more. */
    async find(key: string): Promise<JsonObject | null> {
      const row = await asPort(() =>
        db
          .selectFrom('inbox')
          .select('body')
          .where('key', '=', `${kept}:${key}`)
          .executeTakeFirst(),
      );
      return row === undefined ? null : objectOf(JSON.parse(row.body));
    },

    /**
     * Oldest first, each to one caller. What fails is offered again, ever more seldom, for as long as
     * somebody may wait for it: it was acknowledged, so nobody else sends it again.
     */
    async unfinished(): Promise<{ key: string; kind: string; body: JsonObject }[]> {
      const rows = await asPort(async () => {
        await db.deleteFrom('inbox').where('received_at', '<', ago(keptFor)).execute();
        return db
          .updateTable('inbox')
          .set({ taken_at: sql`now()`, tries: sql`tries + 1` })
          .where('key', 'in', (inbox) =>
            inbox
              .selectFrom('inbox')
              .select('key')
              .where('done_at', 'is', null)
              .where(
                'taken_at',
                '<',
                sql<Date>`now() - ${abandonedAfter}::interval * power(2, greatest(0, tries - ${soonTries}::int))`,
              )
              .where('received_at', '>', ago(wantedFor))
              .forUpdate()
              .skipLocked(),
          )
          .returning(['key', 'kind', 'body', 'received_at'])
          .execute();
      });
      return rows
        .toSorted((one, other) => one.received_at.getTime() - other.received_at.getTime())
        .map(({ key, kind, body }) => ({ key, kind, body: objectOf(JSON.parse(body)) }));
    },
  };
}

/** By the database's clock, which also wrote the times. */
function ago(interval: string) {
  return sql<Date>`now() - ${interval}::interval`;
}
