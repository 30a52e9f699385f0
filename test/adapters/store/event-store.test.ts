import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { connectDatabase, type Database } from '#adapters/store/connection.ts';
import { createEventStore, sha256 } from '#adapters/store/event-store.ts';
import { loadRecords } from '#adapters/store/records.ts';
import { verifyChain } from '#domain/timeline/record.ts';
import type { Append, EventStore } from '#ports/event-store.ts';
import { testEventStore } from '#test/contracts/event-store.ts';
import { withDatabase, type TestDatabase } from '#test/support/database.ts';
import { servePostgresProxy } from '#test/support/postgres-proxy.ts';

let given: TestDatabase;
let database: Database;
let store: EventStore;

beforeAll(async () => {
  given = await withDatabase();
  database = given.database;
  store = createStore(database);
});
afterAll(() => given[Symbol.asyncDispose]());

testEventStore(() => store);

describe('the record in PostgreSQL', () => {
  it('is a chain that holds, also after a text was redacted', async () => {
    const texts = { note: 'customer 4711 called', title: 'Checkout' };
    const redaction = { type: 'TextsRedacted', entry: 1, positions: [1] };
    await store.append(append('redacted', { events: [{ texts }, { n: 2 }, redaction] }));

    expect(await store.redact('redacted', 1)).toBe(true);

    const [first] = await store.load('redacted');
    expect(first?.event).toEqual({ texts: { note: null, title: null } });
    expect(
      verifyChain('redacted', await loadRecords(database.db, 'redacted'), { sha256 }),
    ).toMatchObject({
      intact: true,
      entries: 3,
    });
    const left =
      await sql`select * from event_texts where stream = 'redacted' and name = 'note'`.execute(
        database.db,
      );
    expect(left.rows).toMatchObject([{ salt: '', text: null }]);
    expect(await store.redact('redacted', 1)).toBe(false);
  });

  it('says so when there is no such text to redact', async () => {
    expect(await store.redact('redacted', 9)).toBe(false);
  });

  it.each([
    'update events set body = body',
    'delete from events',
    'truncate events cascade',
    'delete from event_texts',
    'truncate event_texts',
    "update event_texts set name = 'other'",
    'delete from streams',
    'truncate streams cascade',
    "update streams set id = id || 'x'",
  ])('refuses "%s" to the bot and to the owner of the tables', async (statement) => {
    await using owner = ownerOf(given);
    await store.append(append(`kept ${statement}`, { events: [{ n: 1, texts: { note: 'x' } }] }));

    await expect(database.pool.query(statement)).rejects.toThrow('permission denied');
    await expect(owner.pool.query(statement)).rejects.toThrow('append-only');
  });

  it.each([
    `update event_texts set text = '"other"'`,
    "update event_texts set salt = 'other'",
    'update event_texts set text = null',
    "update event_texts set text = null, salt = ''",
    'update streams set version = version - 1',
    'update streams set version = version + 1',
    "update streams set head = 'other'",
  ])('refuses "%s" to whoever may erase and append', async (statement) => {
    await using owner = ownerOf(given);
    const stream = `kept ${statement}`;
    const notes = [1, 2].map((n) => ({ n, texts: { note: 'x' } }));
    const events = [...notes, { type: 'TextsRedacted', entry: 1, positions: [1] }];
    await store.append(append(stream, { events }));

    await expect(database.pool.query(statement)).rejects.toThrow('append-only');
    await expect(owner.pool.query(statement)).rejects.toThrow('append-only');
    expect(await store.redact(stream, 1)).toBe(true);
    const again = append(stream, { expected: 3, open: false });
    expect(await store.append(again)).toMatchObject({ kind: 'appended' });
  });

  it('erases nothing of which no entry of the same stream says so', async () => {
    const note = { texts: { note: 'x' } };
    const said = { type: 'TextsRedacted', entry: 1, positions: [1] };
    const events = [note, { finding: said, text: JSON.stringify(said), zero: '\u0000' }];
    await store.append(append('unsaid', { events }));
    await store.append(append('said elsewhere', { events: [note, said] }));

    await expect(store.redact('unsaid', 1)).rejects.toThrow(/append-only|permission/);
    expect((await store.load('unsaid'))[0]?.event).toEqual(note);
    expect(await store.redact('said elsewhere', 1)).toBe(true);
  });

  it('shows a change that was made behind its back', async () => {
    await using owner = ownerOf(given);
    await store.append(append('forged', { events: [{ n: 1 }, { n: 2 }] }));
    await owner.pool.query(`
      alter table events disable trigger append_only;
      update events set body = replace(body, '"n":2', '"n":3') where stream = 'forged';
      alter table events enable trigger append_only;`);

    expect(
      verifyChain('forged', await loadRecords(database.db, 'forged'), { sha256 }),
    ).toMatchObject({
      intact: false,
      brokenAt: 2,
    });
  });

  it('puts jobs into the queue with the events, or not at all', async () => {
    const job = { task: 'effect', payload: { stream: 'jobs' }, key: 'jobs|1', queue: 'q' };
    await store.append(append('jobs', { jobs: [job] }));
    await store.append(append('jobs', { jobs: [{ ...job, key: 'jobs|2' }] }));

    const { rows } = await database.pool.query(
      `select key, task_identifier, queue_name, attempts from graphile_worker.jobs
        where key like 'jobs|%'`,
    );
    expect(rows).toEqual([
      { key: 'jobs|1', task_identifier: 'effect', queue_name: 'q', attempts: 0 },
    ]);
  });

  it('leaves nothing of an append that fails half-way', async () => {
    const tooLong = { task: 'effect', payload: {}, key: 'k'.repeat(600) };

    await expect(store.append(append('half', { jobs: [tooLong] }))).rejects.toThrow(
      'jobs_key_check',
    );

    expect(await store.load('half')).toEqual([]);
    expect(await store.streams({ prefix: 'half', limit: 1 })).toEqual([]);
  });
});

describe('a database that loses its connections', () => {
  it('reports its own append as appended when only the answer to the commit was lost', async () => {
    await using proxy = await servePostgresProxy(given.url, { cutAnswersTo: ['commit'] });
    await using remote = reach(proxy.url);

    const result = await createStore(remote).append(
      append('lost-answer', { marks: [{ scope: 's', key: 'lost-answer', value: 1 }] }),
    );

    const events = await store.load('lost-answer');
    expect(events).toHaveLength(1);
    expect(result).toEqual({ kind: 'appended', position: 1, head: events[0]?.hash });
    expect(proxy.cuts()).toBe(1);
  });

  it('reports a conflict when the commit was lost and somebody else came first', async () => {
    await using proxy = await servePostgresProxy(given.url, {
      cutBefore: ['commit'],
      onCut: async () => {
        await store.append(append('lost-race', { events: [{ by: 'other' }] }));
      },
    });
    await using remote = reach(proxy.url);

    const result = await createStore(remote).append(
      append('lost-race', { events: [{ by: 'us' }] }),
    );

    expect(result).toEqual({ kind: 'conflict' });
    expect((await store.load('lost-race')).map(({ event }) => event)).toEqual([{ by: 'other' }]);
  });

  it('appends once when the connection broke before anything was committed', async () => {
    await using proxy = await servePostgresProxy(given.url, {
      cutBefore: ['insert into "events"'],
    });
    await using remote = reach(proxy.url);

    const result = await createStore(remote).append(append('broken-early', {}));

    expect(result).toMatchObject({ kind: 'appended', position: 1 });
    expect(await store.load('broken-early')).toHaveLength(1);
  });

  it('says that a later try may help when the database is not there', async () => {
    await using gone = reach('postgres://nobody@127.0.0.1:1/none');

    await expect(createStore(gone).load('any')).rejects.toMatchObject({
      name: 'PortError',
      code: 'store.unavailable',
      retry: true,
    });
    await expect(createStore(gone).append(append('any', {}))).rejects.toMatchObject({
      retry: true,
    });
  });
});

function createStore({ db }: Database): EventStore {
  return createEventStore(db, { now: () => new Date('2026-11-24T00:00:00Z') });
}

function reach(url: string): Database & AsyncDisposable {
  const opened = connectDatabase(url);
  return { ...opened, [Symbol.asyncDispose]: () => opened.close() };
}

function ownerOf({ ownerUrl }: TestDatabase): Database & AsyncDisposable {
  return reach(ownerUrl);
}

function append(stream: string, change: Partial<Append>): Append {
  return { stream, expected: 0, events: [{ type: 'noted' }], jobs: [], marks: [], ...change };
}
