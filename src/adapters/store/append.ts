import type { Kysely, Transaction } from 'kysely';

import { canonicalJson } from '#domain/canonical-json.ts';
import { beforeFirst, seal, type SealedEntry } from '#domain/timeline/record.ts';
import type { Append, AppendResult } from '#ports/event-store.ts';
import type { Sha256 } from '#ports/sha256.ts';

import { addJob } from './add-job.ts';
import type { Tables } from './tables.ts';

type Sealing = { sha256: Sha256; salt: () => string };
type IdentifiedAppend = Append & { id: string; recordedAt: string };

/** Carries the outcome of an append that must leave nothing behind out of its transaction. */
class NothingWritten extends Error {
  override readonly name = 'NothingWritten';
  readonly result: AppendResult;

  constructor(result: AppendResult) {
    super('nothing written');
    this.result = result;
  }
}

/** One try, in one transaction. Throws what the database throws. */
export async function appendOnce(
  db: Kysely<Tables>,
  append: IdentifiedAppend,
  sealing: Sealing,
): Promise<AppendResult> {
  try {
    return await db.transaction().execute(async (transaction) => {
      await remember(transaction, append);
      const head = await claimStream(transaction, append);
      const records = sealAll(append, head, sealing);
      const newHead = records.at(-1)?.hash ?? head;
      await writeRecords(transaction, append, records);
      const position = append.expected + records.length;
      await transaction
        .updateTable('streams')
        .set({
          version: position,
          head: newHead,
          ...(append.open !== undefined && { open: append.open }),
        })
        .where('id', '=', append.stream)
        .execute();
      for (const job of append.jobs) await addJob(transaction, job);
      return { kind: 'appended', position, head: newHead };
    });
  } catch (error) {
    if (error instanceof NothingWritten) return error.result;
    throw error;
  }
}

/** What an append with this id left, if it was committed. */
export async function wasAppended(db: Kysely<Tables>, id: string): Promise<AppendResult | null> {
  const last = await db
    .selectFrom('events')
    .select(['position', 'hash'])
    .where('append_id', '=', id)
    .orderBy('position', 'desc')
    .executeTakeFirst();
  return last === undefined ? null : { kind: 'appended', position: last.position, head: last.hash };
}

async function remember(transaction: Transaction<Tables>, append: Append): Promise<void> {
  for (const { scope, key, value } of append.marks) {
    // An append under way with this mark is waited for.
    const inserted = await transaction
      .insertInto('marks')
      .values({ scope, key, value: canonicalJson(value) })
      .onConflict((conflict) => conflict.columns(['scope', 'key']).doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 1n) continue;

    const known = await transaction
      .selectFrom('marks')
      .select('value')
      .where('scope', '=', scope)
      .where('key', '=', key)
      .executeTakeFirstOrThrow();
    throw new NothingWritten({
      kind: 'duplicate',
      mark: { scope, key, value: JSON.parse(known.value) },
    });
  }
}

/** Locks the stream at the expected position and answers with its head. */
async function claimStream(transaction: Transaction<Tables>, append: Append): Promise<string> {
  if (append.expected === 0) {
    await transaction
      .insertInto('streams')
      .values({ id: append.stream, version: 0, head: beforeFirst, open: true })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
  const stream = await transaction
    .selectFrom('streams')
    .select(['version', 'head'])
    .where('id', '=', append.stream)
    .forUpdate()
    .executeTakeFirst();
  if (stream?.version !== append.expected) throw new NothingWritten({ kind: 'conflict' });
  return stream.head;
}

function sealAll(append: IdentifiedAppend, head: string, sealing: Sealing): SealedEntry[] {
  const { stream, recordedAt } = append;
  const records: SealedEntry[] = [];
  for (const [index, event] of append.events.entries()) {
    const position = append.expected + index + 1;
    const previous = records.at(-1)?.hash ?? head;
    records.push(seal({ stream, position, recordedAt, event }, { previous, ...sealing }));
  }
  return records;
}

async function writeRecords(
  transaction: Transaction<Tables>,
  append: IdentifiedAppend,
  records: readonly SealedEntry[],
): Promise<void> {
  const { stream, recordedAt, id } = append;
  const events = records.map(({ position, body, hash }) => ({
    stream,
    position,
    recorded_at: recordedAt,
    body,
    hash,
    append_id: id,
  }));
  // As JSON strings: PostgreSQL's text has no place for U+0000.
  const texts = records.flatMap(({ position, texts: ofRecord }) =>
    ofRecord.map(({ name, salt, text }) => ({
      stream,
      position,
      name,
      salt,
      text: text === null ? null : JSON.stringify(text),
    })),
  );
  if (events.length > 0) await transaction.insertInto('events').values(events).execute();
  if (texts.length > 0) await transaction.insertInto('event_texts').values(texts).execute();
}
