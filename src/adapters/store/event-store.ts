import { createHash, randomBytes } from 'node:crypto';

import { type Kysely, sql, type Transaction } from 'kysely';

import type { Json } from '#domain/json.ts';
import { beforeFirst, seal, type SealedText, unseal } from '#domain/timeline/record.ts';
import type { Append, AppendResult, EventStore, Mark, NewJob } from '#ports/event-store.ts';
import { PortError } from '#ports/port-error.ts';

import type { Schema } from './schema.ts';

/** Streams in PostgreSQL. Positions and the chain of hashes are made under the lock of the stream's row. */
export function createEventStore(db: Kysely<Schema>): EventStore {
  return {
    async load(stream) {
      const [events, texts] = await answered(
        Promise.all([
          db
            .selectFrom('events')
            .selectAll()
            .where('stream', '=', stream)
            .orderBy('position')
            .execute(),
          db.selectFrom('event_texts').selectAll().where('stream', '=', stream).execute(),
        ]),
      );
      const textsAt = Map.groupBy(texts, (text) => text.position);
      return events.map((row) => ({
        stream,
        position: row.position,
        recordedAt: row.recorded_at.toISOString(),
        event: unseal(row.body, textsAt.get(row.position) ?? []),
        hash: row.hash,
      }));
    },

    async append(append) {
      try {
        return await db.transaction().execute((tx) => appendIn(tx, append));
      } catch (error) {
        if (error instanceof Refused) return error.result;
        // The answer to the commit may be all that was lost: the stream itself knows.
        const found = await wasAppended(db, append).catch(() => null);
        if (found !== null) return found;
        throw passing(error);
      }
    },

    async mark(scope, key) {
      const row = await answered(
        db
          .selectFrom('marks')
          .select('value')
          .where('scope', '=', scope)
          .where('key', '=', key)
          .executeTakeFirst(),
      );
      return jsonOf(row?.value);
    },

    async setMark(mark) {
      const value = JSON.stringify(mark.value);
      await answered(
        db
          .insertInto('marks')
          .values({ scope: mark.scope, key: mark.key, value })
          .onConflict((conflict) => conflict.columns(['scope', 'key']).doUpdateSet({ value }))
          .execute(),
      );
    },

    async streams({ prefix, open, limit }) {
      let query = db
        .selectFrom('streams')
        .select('id')
        .where(sql<boolean>`starts_with(id, ${prefix})`)
        .orderBy('created', 'desc')
        .limit(limit);
      if (open !== undefined) query = query.where('open', '=', open);
      const rows = await answered(query.execute());
      return rows.map(({ id }) => id);
    },
  };
}

/** Ends the transaction with an answer that is not an error. */
class Refused extends Error {
  readonly result: AppendResult;
  constructor(result: AppendResult) {
    super(result.kind);
    this.result = result;
  }
}

async function appendIn(tx: Transaction<Schema>, append: Append): Promise<AppendResult> {
  const { stream, expected } = append;
  if (expected === 0) {
    await tx
      .insertInto('streams')
      .values({ id: stream, position: 0, head: beforeFirst, open: append.open ?? true })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const row = await tx
    .selectFrom('streams')
    .select(['position', 'head'])
    .where('id', '=', stream)
    .forUpdate()
    .executeTakeFirst();
  if (row?.position !== expected) throw new Refused({ kind: 'conflict' });

  for (const mark of append.marks) await setOnce(tx, mark);
  const head = await insertEvents(tx, append, row.head);
  const position = expected + append.events.length;
  await tx
    .updateTable('streams')
    .set({ position, head, ...(append.open !== undefined && { open: append.open }) })
    .where('id', '=', stream)
    .execute();
  for (const job of append.jobs) await addJob(tx, job);
  return { kind: 'appended', position, head };
}

async function insertEvents(
  tx: Transaction<Schema>,
  { stream, expected, events }: Append,
  head: string,
): Promise<string> {
  const recordedAt = new Date().toISOString();
  let previous = head;
  for (const [index, event] of events.entries()) {
    const position = expected + index + 1;
    const sealed = seal(
      { stream, position, recordedAt, event },
      { previous, sha256, salt: newSalt },
    );
    const { body, hash, texts } = sealed;
    await tx
      .insertInto('events')
      .values({ stream, position, recorded_at: recordedAt, body, hash })
      .execute();
    if (texts.length > 0) {
      const rows = texts.map((text) => ({ stream, position, ...text }));
      await tx.insertInto('event_texts').values(rows).execute();
    }
    previous = hash;
  }
  return previous;
}

function newSalt(): string {
  return randomBytes(16).toString('hex');
}

async function setOnce(tx: Transaction<Schema>, { scope, key, value }: Mark): Promise<void> {
  const set = await tx
    .insertInto('marks')
    .values({ scope, key, value: JSON.stringify(value) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst();
  if (set !== undefined) return;
  const known = await tx
    .selectFrom('marks')
    .select('value')
    .where('scope', '=', scope)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  throw new Refused({ kind: 'duplicate', mark: { scope, key, value: jsonOf(known.value) } });
}

/** Adds a job; two with one key are one as long as it has not begun, and the sooner time holds. */
export async function addJob(db: Kysely<Schema>, job: NewJob): Promise<void> {
  await sql`
    select graphile_worker.add_job(
      ${job.task},
      payload := ${JSON.stringify(job.payload)}::json,
      queue_name := ${job.queue ?? null}::text,
      run_at := ${job.runAt ?? null}::timestamptz,
      max_attempts := ${maxAttempts},
      job_key := ${job.key}::text,
      priority := ${job.priority ?? 0}::integer
    )`.execute(db);
}

/** With the worker's growing delays this is about a day. */
const maxAttempts = 12;

/** Null when nothing of the append is there: then it may be tried again. */
async function wasAppended(db: Kysely<Schema>, append: Append): Promise<AppendResult | null> {
  const wanted = append.events[0];
  const position = append.expected + append.events.length;
  if (wanted === undefined) return null;
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('stream', '=', append.stream)
    .where('position', '>', append.expected)
    .orderBy('position')
    .limit(append.events.length)
    .execute();
  const last = rows.at(-1);
  if (last === undefined) return null;
  const texts = await textsOf(db, append.stream, append.expected);
  const same = append.events.every((event, index) => {
    const row = rows[index];
    if (row === undefined) return false;
    const stored = unseal(row.body, texts.get(row.position) ?? []);
    return JSON.stringify(sorted(stored)) === JSON.stringify(sorted(event));
  });
  return same && last.position === position
    ? { kind: 'appended', position, head: last.hash }
    : { kind: 'conflict' };
}

async function textsOf(
  db: Kysely<Schema>,
  stream: string,
  after: number,
): Promise<Map<number, SealedText[]>> {
  const rows = await db
    .selectFrom('event_texts')
    .selectAll()
    .where('stream', '=', stream)
    .where('position', '>', after)
    .execute();
  return Map.groupBy(rows, (row) => row.position);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, sorted(member)] as const)
      .toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** A fault of the database is passing: the caller may try again. */
async function answered<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    throw passing(error);
  }
}

function passing(error: unknown): PortError {
  return new PortError('database.failed', 'The database did not answer.', {
    retry: true,
    cause: error,
  });
}

function jsonOf(value: unknown): Json {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
