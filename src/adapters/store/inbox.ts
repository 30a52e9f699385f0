import { type Kysely, sql } from 'kysely';

import { objectOf, type JsonObject } from '#domain/json.ts';

import type { Schema } from './schema.ts';

/** What another replica has not finished after this time, it will not finish. */
const abandonedAfterMs = 10_000;
/** What has failed so often will not be done; it stays in the table for whoever looks. */
const mostTries = 5;

/**
 * What Slack sends us, kept before it is acknowledged. What a process took and did not finish is
 * found again by the next one; after an hour nobody wants it any more.
 */
export function createInbox(db: Kysely<Schema>) {
  return {
    async store(key: string, kind: string, body: JsonObject): Promise<'new' | 'seen'> {
      const row = await db
        .insertInto('inbox')
        .values({ key, kind, body: JSON.stringify(body), done: null })
        .onConflict((conflict) => conflict.doNothing())
        .returning('key')
        .executeTakeFirst();
      return row === undefined ? 'seen' : 'new';
    },
    async done(key: string): Promise<void> {
      await db
        .updateTable('inbox')
        .set({ done: sql<Date>`now()` })
        .where('key', '=', key)
        .execute();
    },
    /** Takes them: until they are abandoned again, nobody else gets them. */
    async unfinished(): Promise<{ key: string; kind: string; body: JsonObject }[]> {
      const rows = await db
        .updateTable('inbox')
        .set({ taken: sql<Date>`now()`, tries: sql<number>`tries + 1` })
        .where('done', 'is', null)
        .where('taken', '<', sql<Date>`now() - make_interval(secs => ${abandonedAfterMs / 1_000})`)
        .where('received', '>', sql<Date>`now() - interval '1 hour'`)
        .where('tries', '<', mostTries)
        .returning(['key', 'kind', 'body', 'received'])
        .execute();
      return rows
        .toSorted((one, other) => one.received.getTime() - other.received.getTime())
        .map(({ key, kind, body }) => ({ key, kind, body: objectOf(body) }));
    },
  };
}
