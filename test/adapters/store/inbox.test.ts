import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createInbox, type Inbox } from '#adapters/store/inbox.ts';
import { withDatabase, type TestDatabase } from '#test/support/database.ts';

let database: TestDatabase;
let inbox: Inbox;

beforeAll(async () => {
  database = await withDatabase();
  inbox = createInbox({ database });
});
afterAll(() => database[Symbol.asyncDispose]());

describe('the inbox', () => {
  it('knows what came in before, also when it comes twice at once', async () => {
    const stores = [1, 2, 3].map(() => inbox.store('event-1', 'event', { text: '\u0000' }));

    expect((await Promise.all(stores)).toSorted()).toEqual(['new', 'seen', 'seen']);
    expect(await inbox.store('event-1', 'event', {})).toBe('seen');
  });

  it('gives back what was not finished, oldest first, until it is done', async () => {
    await inbox.store('press-1', 'press', { n: 1 });
    await inbox.store('press-2', 'press', { n: 2 });
    await inbox.done('event-1');

    expect(await inbox.unfinished(0)).toEqual([
      { key: 'press-1', kind: 'press', body: { n: 1 } },
      { key: 'press-2', kind: 'press', body: { n: 2 } },
    ]);

    await inbox.done('press-1');
    expect((await inbox.unfinished(0)).map(({ key }) => key)).toEqual(['press-2']);
  });

  it('leaves alone what has just come in and may be being worked on', async () => {
    await inbox.store('press-3', 'press', {});

    expect(await inbox.unfinished(60_000)).toEqual([]);
  });

  it('forgets what was done a day ago, and nothing that was not done', async () => {
    await database.pool.query(`
      insert into inbox (key, kind, body, received_at, done_at) values
        ('old', 'press', '{}', now() - interval '3 days', now() - interval '25 hours'),
        ('stuck', 'press', '{}', now() - interval '3 days', null)`);

    expect(await inbox.unfinished(60_000)).toMatchObject([{ key: 'stuck' }]);

    expect(await inbox.store('old', 'press', {})).toBe('new');
    expect(await inbox.store('stuck', 'press', {})).toBe('seen');
  });
});
