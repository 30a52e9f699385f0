import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Database } from '#adapters/store/connection.ts';
import { createSchedules, nextRun } from '#adapters/store/schedules.ts';
import type { Schedule } from '#ports/schedules.ts';
import { withDatabase, type TestDatabase } from '#test/support/database.ts';

const daily: Schedule = {
  name: 'monitor',
  cron: '30 2 * * *',
  timeZone: 'Europe/Berlin',
  task: 'scheduled',
  payload: { runbook: 'gateway-health' },
};

let given: TestDatabase;
let database: Database;

beforeAll(async () => {
  given = await withDatabase();
  database = given.database;
});
afterAll(() => given[Symbol.asyncDispose]());
beforeEach(async () => {
  await database.pool.query('delete from graphile_worker._private_jobs');
});

describe('the next run of a schedule', () => {
  it.each([
    ['in winter', '2026-01-10T00:00:00Z', '2026-01-10T01:30:00.000Z'],
    ['in summer', '2026-07-10T00:00:00Z', '2026-07-10T00:30:00.000Z'],
    ['on the day when that time is left out', '2026-03-29T00:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['after the first of two such times', '2026-10-25T00:31:00Z', '2026-10-26T01:30:00.000Z'],
    ['when it is just that time', '2026-01-10T01:30:00Z', '2026-01-11T01:30:00.000Z'],
  ])('keeps to the clock of its time zone %s', (_when, after, expected) => {
    expect(nextRun(daily, new Date(after))).toBe(expected);
  });

  it.each(['* * * *', '61 * * * *', '* * * * * *'])('is refused for "%s"', (cron) => {
    expect(() => nextRun({ ...daily, cron }, new Date(0))).toThrow('Cron');
  });
});

describe('a schedule', () => {
  it('waits in the queue once, however many replicas keep it', async () => {
    const schedules = at('2026-01-10T00:00:00Z');
    await Promise.all([schedules.keep(daily), schedules.keep(daily), schedules.keep(daily)]);

    expect(await queued()).toEqual(['2026-01-10T01:30:00.000Z']);
  });

  it('keeps a run that was missed while nobody was there', async () => {
    await at('2026-01-10T00:00:00Z').keep(daily);
    await at('2026-01-12T00:00:00Z').keep(daily);

    expect(await queued()).toEqual(['2026-01-10T01:30:00.000Z']);
  });
});

function at(now: string): ReturnType<typeof createSchedules> {
  return createSchedules({ database, clock: { now: () => new Date(now) } });
}

async function queued(): Promise<string[]> {
  const { rows } = await database.pool.query<{ run_at: Date }>(
    `select run_at from graphile_worker.jobs where task_identifier = 'scheduled'`,
  );
  return rows.map((row) => row.run_at.toISOString());
}
