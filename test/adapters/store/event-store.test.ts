import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createEventStore, sha256 } from '#adapters/store/event-store.ts';
import { loadRecords } from '#adapters/store/records.ts';
import { verifyChain } from '#domain/timeline/record.ts';
import type { Append, EventStore } from '#ports/event-store.ts';
import { withDatabase } from '#test/support/database.ts';

let given: Awaited<ReturnType<typeof withDatabase>>;
let store: EventStore;

beforeAll(async () => {
  given = await withDatabase();
  store = createEventStore(given.database.db);
});
afterAll(() => given[Symbol.asyncDispose]());

function append(change: Partial<Append>): Append {
  return { stream: 's', expected: 0, events: [], jobs: [], marks: [], ...change };
}

describe('append', () => {
  it('keeps events in order with their texts, and answers with the position', async () => {
    const result = await store.append(
      append({ stream: 'one', events: [{ type: 'A' }, { type: 'B', texts: { note: 'hi' } }] }),
    );

    expect(result).toMatchObject({ kind: 'appended', position: 2 });
    const loaded = await store.load('one');
    expect(loaded.map((entry) => entry.event)).toEqual([
      { type: 'A' },
      { type: 'B', texts: { note: 'hi' } },
    ]);
  });

  it('lets one of two writers win and tells the other, losing nothing', async () => {
    await store.append(append({ stream: 'race', events: [{ type: 'A' }] }));

    const both = await Promise.all(
      ['B', 'C'].map((type) =>
        store.append(append({ stream: 'race', expected: 1, events: [{ type }] })),
      ),
    );

    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['appended', 'conflict']);
    expect(await store.load('race')).toHaveLength(2);
  });

  it('writes nothing of an append whose mark is known, and says what it was set to', async () => {
    const mark = { scope: 'alert', key: 'k', value: { stream: 'first' } };
    await store.append(append({ stream: 'first', events: [{ type: 'A' }], marks: [mark] }));

    const again = await store.append(
      append({ stream: 'second', events: [{ type: 'A' }], marks: [{ ...mark, value: 'other' }] }),
    );

    expect(again).toEqual({ kind: 'duplicate', mark });
    expect(await store.load('second')).toEqual([]);
  });

  it('puts jobs and events into one transaction', async () => {
    const job = { task: 't', payload: {}, key: 'job-1' };
    await store.append(append({ stream: 'jobs', events: [{ type: 'A' }], jobs: [job] }));
    await store.append(
      append({
        stream: 'jobs',
        expected: 7,
        events: [{ type: 'A' }],
        jobs: [{ ...job, key: 'job-2' }],
      }),
    );

    const keys = await given.database.pool.query('select key from graphile_worker.jobs');
    expect(keys.rows).toEqual([{ key: 'job-1' }]);
  });
});

describe('the record', () => {
  it('is a chain that holds, and an edit of an entry is found at its place', async () => {
    const events = [{ type: 'A' }, { type: 'B', texts: { note: 'hi' } }, { type: 'C' }];
    await store.append(append({ stream: 'chain', events }));
    const records = await loadRecords(given.database.db, 'chain');

    expect(verifyChain('chain', records, { sha256 })).toMatchObject({ intact: true, entries: 3 });
    const edited = records.map((entry) =>
      entry.position === 2 ? { ...entry, body: entry.body.replace('"B"', '"X"') } : entry,
    );
    expect(verifyChain('chain', edited, { sha256 })).toMatchObject({ intact: false, brokenAt: 2 });
  });

  it('misses a tail that was cut off, against a head that was posted', async () => {
    const records = await loadRecords(given.database.db, 'chain');
    const head = records.at(-1)?.hash ?? '';

    expect(verifyChain('chain', records.slice(0, -1), { sha256, head })).toMatchObject({
      intact: false,
      brokenAt: 3,
    });
  });

  it('finds a text that was changed, and holds when one is erased', async () => {
    const records = await loadRecords(given.database.db, 'chain');
    const withText = (text: string | null) =>
      records.map((entry) => ({ ...entry, texts: entry.texts.map((one) => ({ ...one, text })) }));

    expect(verifyChain('chain', withText('ho'), { sha256 }).brokenAt).toBe(2);
    expect(verifyChain('chain', withText(null), { sha256 }).intact).toBe(true);
  });

  it('can not be changed or deleted in the database', async () => {
    const { pool } = given.database;
    await expect(pool.query(`update events set hash = 'x'`)).rejects.toThrow('append-only');
    await expect(pool.query('delete from events')).rejects.toThrow('append-only');
    await expect(pool.query('truncate events cascade')).rejects.toThrow('append-only');
  });
});
