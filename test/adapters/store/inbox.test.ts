import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createInbox } from '#adapters/store/inbox.ts';
import { withDatabase, type TestDatabase } from '#test/support/database.ts';

let given: TestDatabase;
let inbox: ReturnType<typeof createInbox>;

beforeAll(async () => {
  given = await withDatabase();
  inbox = createInbox(given.database.db);
});
afterAll(() => given[Symbol.asyncDispose]());
beforeEach(async () => {
  await given.database.pool.query('delete from inbox');
});

describe('the inbox', () => {
  it('knows what came in before, also when it comes twice at once', async () => {
    const stores = [1, 2, 3].map(() => inbox.store('event-1', 'event', { text: '\u0000' }));

    expect((await Promise.all(stores)).toSorted()).toEqual(['new', 'seen', 'seen']);
    await inbox.done('event-1');
    expect(await inbox.store('event-1', 'event', {})).toBe('seen');
  });

  it('gives back what was not finished, oldest first and each to one caller, until it is done', async () => {
    await inbox.store('later', 'press', { text: '\u0000' });
    await inbox.store('sooner', 'press', { n: 1 });
    await makeOlder('later', '11 seconds');
    await makeOlder('sooner', '12 seconds');

    expect(await inbox.unfinished()).toEqual([
      { key: 'sooner', kind: 'press', body: { n: 1 } },
      { key: 'later', kind: 'press', body: { text: '\u0000' } },
    ]);

    expect(await inbox.unfinished()).toEqual([]);

    await inbox.done('sooner');
    await makeOlder('later', '11 seconds');
    expect((await inbox.unfinished()).map(({ key }) => key)).toEqual(['later']);
  });

  it('leaves alone what another replica may be at, and what nobody waits for any more', async () => {
    await inbox.store('fresh', 'press', {});
    await inbox.store('stale', 'press', {});
    await makeOlder('stale', '61 minutes');

    expect(await inbox.unfinished()).toEqual([]);
    expect(await inbox.store('stale', 'press', {})).toBe('seen');
  });

  it('offers what fails ever more seldom, and goes on for an hour', async () => {
    await inbox.store('poison', 'press', {});
    const offeredAt: number[] = [];
    for (let second = 9; second < 3_600; second += 9) {
      await makeOlder('poison', '9 seconds');
      if ((await inbox.unfinished()).length > 0) offeredAt.push(second);
    }

    const pauses = offeredAt.map((second, index) => second - (offeredAt[index - 1] ?? 0));
    expect(pauses.slice(0, 3)).toEqual([9, 9, 9]);
    expect(pauses).toEqual(pauses.toSorted((one, other) => one - other));
    expect(pauses.at(-1)).toBeGreaterThan(900);
  });

  it('forgets what came in a day ago', async () => {
    await inbox.store('old', 'press', {});
    await makeOlder('old', '25 hours');

    await inbox.unfinished();

    expect(await inbox.store('old', 'press', {})).toBe('new');
  });
});

async function makeOlder(key: string, age: string): Promise<void> {
  await given.database.pool.query(
    'update inbox set received_at = received_at - $2::interval, taken_at = taken_at - $2::interval where key = $1',
    [key, age],
  );
}
