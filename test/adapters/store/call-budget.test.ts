import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { createCallBudget } from '#adapters/store/call-budget.ts';
import { withDatabase, type TestDatabase } from '#test/support/database.ts';

const minute = { withinMs: 60_000, apartMs: 0 };

let given: TestDatabase;
let budget: ReturnType<typeof createCallBudget>;
let other: typeof budget;

beforeAll(async () => {
  given = await withDatabase();
  budget = createCallBudget(given.database.db);
  other = createCallBudget(given.database.db);
});
afterAll(() => given[Symbol.asyncDispose]());
beforeEach(async () => {
  await given.database.pool.query('delete from call_budgets');
});

it('counts the calls of all replicas together, also when they come at once', async () => {
  const takes = Array.from({ length: 10 }, (_none, at) =>
    (at % 2 === 0 ? budget : other).take('chat.update', { ...minute, calls: 5 }),
  );

  const waits = await Promise.all(takes);

  expect(waits.filter((ms) => ms === 0)).toHaveLength(5);
  for (const ms of waits.filter((one) => one !== 0)) {
    expect(ms).toBeGreaterThan(40_000);
    expect(ms).toBeLessThanOrEqual(60_000);
  }
});

it('has a turn again once a call has grown old', async () => {
  await budget.take('a', { ...minute, calls: 1 });
  await given.database.pool.query(
    "update call_budgets set taken = array[now() - interval '61 seconds']",
  );

  expect(await budget.take('a', { ...minute, calls: 1 })).toBe(0);
  expect(await budget.take('a', { ...minute, calls: 1 })).toBeGreaterThan(0);
});

it('keeps calls apart that are to be, and each key by itself', async () => {
  const apart = { ...minute, calls: 10, apartMs: 30_000 };

  expect(await budget.take('a', apart)).toBe(0);
  expect(await budget.take('a', apart)).toBeGreaterThan(20_000);
  expect(await budget.take('a', { ...apart, apartMs: 0 })).toBe(0);
  expect(await budget.take('b', apart)).toBe(0);
});

it('gives no replica a turn while Slack has asked to wait', async () => {
  await budget.pause('a', 30_000);
  await budget.pause('a', 1_000);

  expect(await other.take('a', { ...minute, calls: 10 })).toBeGreaterThan(20_000);
});

it('forgets what nobody has called for an hour', async () => {
  await budget.take('old', { ...minute, calls: 1 });
  await given.database.pool.query(
    "update call_budgets set taken = array[now() - interval '61 minutes']",
  );
  await budget.take('new', { ...minute, calls: 1 });

  await budget.forget();

  const { rows } = await given.database.pool.query('select key from call_budgets');
  expect(rows).toEqual([{ key: 'new' }]);
});
