import type { Kysely } from 'kysely';

import type { Entry, SealedText } from '#domain/timeline/record.ts';

import type { Tables } from './tables.ts';

export type StoredRecord = Entry & { texts: readonly SealedText[] };

/** The entries of a stream as they are stored, the very bytes that were hashed, for checking them. */
export async function loadRecords(
  db: Kysely<Tables>,
  stream: string,
  after = 0,
): Promise<readonly StoredRecord[]> {
  const events = await db
    .selectFrom('events')
    .select(['position', 'body', 'hash'])
    .where('stream', '=', stream)
    .where('position', '>', after)
    .orderBy('position')
    .execute();
  const texts = await db
    .selectFrom('event_texts')
    .select(['position', 'name', 'salt', 'text'])
    .where('stream', '=', stream)
    .where('position', '>', after)
    .execute();

  const textsAt = Map.groupBy(texts, (text) => text.position);
  return events.map((event) => {
    const ofEvent = textsAt.get(event.position) ?? [];
    return { ...event, texts: ofEvent.map(decoded) };
  });
}

/** As the port says. */
export async function redact(
  db: Kysely<Tables>,
  stream: string,
  position: number,
): Promise<boolean> {
  const result = await db
    .updateTable('event_texts')
    .set({ text: null, salt: '' })
    .where('stream', '=', stream)
    .where('position', '=', position)
    .where('text', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

function decoded({ name, salt, text }: SealedText): SealedText {
  return { name, salt, text: text === null ? null : JSON.parse(text) };
}
