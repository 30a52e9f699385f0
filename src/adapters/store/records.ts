import type { Kysely } from 'kysely';

import type { Entry, SealedText } from '#domain/timeline/record.ts';

import type { Schema } from './schema.ts';

/** The entries of a stream as they are stored, for checking them. */
export async function loadRecords(
  db: Kysely<Schema>,
  stream: string,
): Promise<(Entry & { texts: readonly SealedText[] })[]> {
  const rows = await db
    .selectFrom('events')
    .select(['position', 'body', 'hash'])
    .where('stream', '=', stream)
    .orderBy('position')
    .execute();
  const texts = await db
    .selectFrom('event_texts')
    .selectAll()
    .where('stream', '=', stream)
    .execute();
  const textsAt = Map.groupBy(texts, (text) => text.position);
  return rows.map((row) => ({ ...row, texts: textsAt.get(row.position) ?? [] }));
}
