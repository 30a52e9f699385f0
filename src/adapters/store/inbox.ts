import { sql, type RawBuilder } from 'kysely';

import type { JsonObject } from '#domain/json.ts';

import type { Database } from './database.ts';
import { asPort } from './faults.ts';

export type InboxItem = { key: string; kind: string; body: JsonObject };

/**
 * What came in and was acknowledged, before it is acted upon: after a crash it is acted upon
 * again. Items are kept for a day after they are done, so that a repeat is known as one.
 */
export type Inbox = {
  /** Resolves once it is on disk. `seen`: this key came in before. */
  store(key: string, kind: string, body: JsonObject): Promise<'new' | 'seen'>;
  done(key: string): Promise<void>;
  /** Items that came in longer ago than this and are not done, oldest first. */
  unfinished(olderThanMs: number): Promise<readonly InboxItem[]>;
};

const mostItems = 100;

export function createInbox(deps: { database: Database }): Inbox {
  const { tables } = deps.database;
  return {
    async store(key, kind, body) {
      const inserted = await asPort(() =>
        tables
          .insertInto('inbox')
          .values({ key, kind, body: JSON.stringify(body), done_at: null })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .executeTakeFirst(),
      );
      return inserted.numInsertedOrUpdatedRows === 1n ? 'new' : 'seen';
    },

    async done(key) {
      await asPort(() =>
        tables
          .updateTable('inbox')
          .set((row) => ({ done_at: row.fn('now', []) }))
          .where('key', '=', key)
          .execute(),
      );
    },

    async unfinished(olderThanMs) {
      const rows = await asPort(async () => {
        await tables
          .deleteFrom('inbox')
          .where((where) => where('done_at', '<', ago(24 * 60 * 60 * 1_000)))
          .execute();
        return tables
          .selectFrom('inbox')
          .select(['key', 'kind', 'body'])
          .where('done_at', 'is', null)
          .where((where) => where('received_at', '<=', ago(olderThanMs)))
          .orderBy('received_at')
          .limit(mostItems)
          .execute();
      });
      return rows.map((row) => ({ ...row, body: JSON.parse(row.body) }));
    },
  };
}

/** By the database's clock, which also wrote the times. */
function ago(ms: number): RawBuilder<Date> {
  return sql<Date>`now() - ${ms} * interval '1 millisecond'`;
}
