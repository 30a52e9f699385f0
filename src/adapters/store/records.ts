import type { Kysely } from 'kysely';

import type { SealedEntry, SealedText } from '#domain/timeline/record.ts';

import type { Tables } from './tables.ts';

/** The entries of a stream as they are stored, the very bytes that were hashed, for checking them. */
export async function loadRecords(
  db: Kysely<Tables>,
  stream: string,
  after = 0,
): Promise<readonly SealedEntry[]> {
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

/** What the store itself last said the stream's head is; null for a stream that it does not know. */
export async function loadHead(db: Kysely<Tables>, stream: string): Promise<string | null> {
  const row = await db
    .selectFrom('streams')
    .select('head')
    .where('id', '=', stream)
    .executeTakeFirst();
  return row?.head ?? null;
}

/** As the port says. Forms that are open wait beside the events with what was noted: they go, too. */
export async function redact(
  db: Kysely<Tables>,
  stream: string,
  position: number,
  words?: readonly string[],
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const texts = await transaction
      .selectFrom('event_texts')
      .select(['name', 'salt', 'text'])
      .where('stream', '=', stream)
      .where('position', '=', position)
      .where('text', 'is not', null)
      .forUpdate()
      .execute();
    const names = texts
      .map(decoded)
      .filter(({ text }) => words?.some((one) => text?.includes(one)) ?? true)
      .map(({ name }) => name);
    if (names.length === 0) return false;
    await transaction
      .updateTable('event_texts')
      .set({ text: null, salt: '' })
      .where('stream', '=', stream)
      .where('position', '=', position)
      .where('name', 'in', names)
      .execute();
    await transaction
      .updateTable('inbox')
      .set({ body: '{}' })
      .where('done_at', 'is not', null)
      .execute();
    return true;
  });
}

function decoded({ name, salt, text }: SealedText): SealedText {
  return { name, salt, text: text === null ? null : textIn(text) };
}

/** Whatever somebody else has put there is no text of ours, and no hash has it. */
function textIn(stored: string): string {
  try {
    const text: unknown = JSON.parse(stored);
    return typeof text === 'string' ? text : stored;
  } catch {
    return stored;
  }
}
