import { type Kysely, sql } from 'kysely';

import type { Schema } from './schema.ts';

export type InboxItem = { key: string; kind: string; body: unknown };

/**
 * What chat products send us, kept before it is acknowledged. What a process took and did not finish
 * is found again by the next one.
 */
export type Inbox = {
  /** `seen`: the same thing came before. */
  store(key: string, kind: string, body: unknown): Promise<'new' | 'seen'>;
  done(key: string): Promise<void>;
  /** Taken at least `olderThanMs` ago and not done, oldest first; nothing from over an hour ago. */
  unfinished(olderThanMs: number): Promise<readonly InboxItem[]>;
};

export function createInbox(db: Kysely<Schema>): Inbox {
  return {
    async store(key, kind, body) {
      const row = await db
        .insertInto('inbox')
        .values({ key, kind, body: JSON.stringify(body), done: null })
        .onConflict((conflict) => conflict.doNothing())
        .returning('key')
        .executeTakeFirst();
      return row === undefined ? 'seen' : 'new';
    },
    async done(key) {
      await db
        .updateTable('inbox')
        .set({ done: sql<Date>`now()` })
        .where('key', '=', key)
        .execute();
    },
    async unfinished(olderThanMs) {
      return db
        .selectFrom('inbox')
        .select(['key', 'kind', 'body'])
        .where('done', 'is', null)
        .where('received', '<', sql<Date>`now() - make_interval(secs => ${olderThanMs / 1000})`)
        .where('received', '>', sql<Date>`now() - interval '1 hour'`)
        .orderBy('received')
        .execute();
    },
  };
}
