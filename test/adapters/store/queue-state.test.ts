import { expect, it } from 'vitest';

import { createEventStore } from '#adapters/store/event-store.ts';
import { createJobs } from '#adapters/store/jobs.ts';
import { queueState } from '#adapters/store/queue-state.ts';
import { silent, withDatabase } from '#test/support/database.ts';

it('tells what waits, what is due later, what was set aside, and which incidents are open', async () => {
  await using given = await withDatabase();
  const { database } = given;
  const { db, pool } = database;
  const jobs = createJobs({ database, log: silent });
  await jobs.enqueue({ task: 'effect', payload: {}, key: 'a' });
  await jobs.enqueue({ task: 'effect', payload: {}, key: 'b', runAt: '2099-01-01T00:00:00.000Z' });
  await pool.query(`update graphile_worker._private_jobs set run_at = now() - interval '5 s' where key = 'a';
    insert into jobs_set_aside (task, payload, reason) values ('effect', '{}', 'a reason')`);
  const append = { expected: 0, events: [], jobs: [], marks: [] };
  const store = createEventStore(db);
  await store.append({ ...append, stream: 'inc-1', open: true });
  await store.append({ ...append, stream: 'inc-2', open: false });
  await store.append({ ...append, stream: 'run-3', open: true });

  const state = await queueState(db);

  expect(state.jobs).toEqual(
    expect.arrayContaining([
      { task: 'effect', state: 'ready', count: 1 },
      { task: 'effect', state: 'later', count: 1 },
    ]),
  );
  expect(state.oldestSeconds).toBeGreaterThanOrEqual(5);
  expect(state).toMatchObject({ setAside: 1, openIncidents: 1 });
});
