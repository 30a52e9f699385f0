import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { connectDatabase } from '#adapters/store/connection.ts';
import { createJobs } from '#adapters/store/jobs.ts';
import { createCalls } from '#test/every-call/calls.ts';
import { openPostgresLine } from '#test/every-call/postgres-line.ts';
import { silent, withDatabase, type TestDatabase } from '#test/support/database.ts';

let given: TestDatabase;
beforeAll(async () => {
  given = await withDatabase();
});
afterAll(() => given[Symbol.asyncDispose]());

it('lets few workers look for the next job of a queue, not all of them', async () => {
  const calls = createCalls(null);
  await using line = await openPostgresLine(given.url, calls);
  const through = connectDatabase(line.url);
  const jobs = createJobs({ database: through, log: silent });
  try {
    let done = 0;
    for (let n = 0; n < 60; n += 1) {
      await jobs.enqueue({ task: 'work', payload: {}, key: `queued ${n}`, queue: 'queued' });
    }
    const begunAt = performance.now();
    await jobs.start({
      work: async () => {
        done += 1;
      },
    });
    await vi.waitFor(() => expect(done).toBe(60), { timeout: 40_000 });

    const seconds = (performance.now() - begunAt) / 1_000;
    const looks = calls.all.filter(({ site }) =>
      site.startsWith('with j as ( select jobs.job_queue_id'),
    );
    // Each of the 24 looks at its start, and every second while there is nothing.
    expect(looks.length).toBeLessThan(24 * (seconds + 2) + 60 * 8);
  } finally {
    await jobs.stop(1_000);
    await through.close();
  }
});

it.each(['insert into "graphile_worker"._private_tasks', 'select id, identifier from'])(
  'works although "%s" fails as it starts',
  async (statement) => {
    const hits = ({ site }: { site: string }, first: boolean) =>
      first && site.startsWith(statement);
    const calls = createCalls({ kind: 'statement', trouble: 'refused', hits });
    await using line = await openPostgresLine(given.url, calls);
    const through = connectDatabase(line.url);
    const jobs = createJobs({ database: through, log: silent });
    const done = Promise.withResolvers<void>();
    try {
      await jobs.start({ work: async () => done.resolve() });
      await jobs.enqueue({ task: 'work', payload: {}, key: 'once it looks' });

      await expect(done.promise).resolves.toBeUndefined();
      expect(calls.failed).toHaveLength(1);
    } finally {
      await jobs.stop(1_000);
      await through.close();
    }
  },
);
