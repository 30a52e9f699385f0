import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { connectDatabase, type Database } from '#adapters/store/connection.ts';
import { createJobs } from '#adapters/store/jobs.ts';
import { takeOver } from '#adapters/store/take-over.ts';
import type { Jobs } from '#ports/jobs.ts';
import { PortError } from '#ports/port-error.ts';
import { testJobs } from '#test/contracts/jobs.ts';
import { silent, withDatabase, type TestDatabase } from '#test/support/database.ts';
import { servePostgresProxy } from '#test/support/postgres-proxy.ts';

let given: TestDatabase;
let database: Database;

beforeAll(async () => {
  given = await withDatabase();
  database = given.database;
});
afterAll(() => given[Symbol.asyncDispose]());

beforeEach(async () => {
  await database.pool.query(`
    delete from graphile_worker._private_jobs;
    delete from graphile_worker._private_job_queues;
    delete from worker_heartbeats; delete from job_crashes; delete from jobs_set_aside`);
});

testJobs(async () => worker());

describe('a worker that dies', () => {
  it('has its job done by another one within ten seconds, and its queue goes on', async () => {
    await using other = worker();
    const done: unknown[] = [];
    using victim = await startVictim();
    await other.enqueue({ task: 'work', payload: { n: 1 }, key: '1', queue: 'q' });
    await victim.isWorking();
    await other.start({
      work: async ({ n }) => {
        done.push(n);
      },
    });
    await other.enqueue({ task: 'work', payload: { n: 2 }, key: '2', queue: 'q' });

    victim.process.kill('SIGKILL');
    const diedAt = performance.now();

    await vi.waitFor(() => expect(done).toEqual([1, 2]), { timeout: 12_000, interval: 20 });
    expect(performance.now() - diedAt).toBeLessThan(10_000);
  });

  it('stops what it has in hand when it only slept: others have that by now', async () => {
    await using other = worker();
    using sleeper = await startVictim();
    await other.enqueue({ task: 'work', payload: {}, key: '1' });
    await sleeper.isWorking();
    const told = once(sleeper.process.stdout, 'data');

    sleeper.process.kill('SIGSTOP');
    await other.start({ work: async () => {} });
    await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 12_000 });
    sleeper.process.kill('SIGCONT');

    expect(String(await told)).toBe('told to stop\n');
  });

  it('leaves a job that killed three of its kind set aside, once it is found the third time', async () => {
    await enqueueHeldByTheDead();

    await takeOver(database, silent);
    await holdByTheDead();
    await takeOver(database, silent);
    expect(await setAside()).toEqual([]);
    await holdByTheDead();
    await takeOver(database, silent);

    expect(await setAside()).toMatchObject([
      { task: 'work', key: 'deadly', payload: '{"n":1}', reason: 'its worker died three times' },
    ]);
    expect(await waiting()).toBe(0);
  });

  it('is not taken for dead while it is heard', async () => {
    await enqueueHeldByTheDead();
    await database.pool.query(`insert into worker_heartbeats values ('pool-dead', now())`);

    expect(await takeOver(database, silent)).toBe(false);
  });

  it('is judged by one replica at a time', async () => {
    await enqueueHeldByTheDead();

    const verdicts = await Promise.all([takeOver(database, silent), takeOver(database, silent)]);

    expect(verdicts.filter(Boolean)).toHaveLength(1);
    const { rows } = await database.pool.query('select crashes from job_crashes');
    expect(rows).toEqual([{ crashes: 1 }]);
  });

  it('does not leave its queue locked when it only slept and ended a job that was taken over', async () => {
    await database.pool.query(`
      select graphile_worker.add_job('work', queue_name => 'left');
      update graphile_worker._private_job_queues
         set locked_by = 'pool-alive', locked_at = now() - interval '9 seconds'`);

    await takeOver(database, silent);

    const { rows } = await database.pool.query(
      'select locked_by from graphile_worker._private_job_queues',
    );
    expect(rows).toEqual([{ locked_by: null }]);
  });
});

describe('a database that goes away as a job ends', () => {
  it('does not stop the work on jobs, nor does a job that still ran and ended well', async () => {
    await using proxy = await servePostgresProxy(given.url, {
      cutBefore: ['complete_job/'],
    });
    const remote = connectDatabase(proxy.url);
    const jobs = createJobs({ database: remote, log: silent });
    const done: unknown[] = [];
    const mayEnd = Promise.withResolvers<void>();
    await jobs.start({
      work: async ({ n }) => {
        if (n === 0) await mayEnd.promise;
        done.push(n);
      },
    });
    await jobs.enqueue({ task: 'work', payload: { n: 0 }, key: 'long' });
    await jobs.enqueue({ task: 'work', payload: { n: 1 }, key: 'cut' });
    await vi.waitFor(() => expect(proxy.cuts()).toBe(1), { timeout: 5_000 });
    mayEnd.resolve();
    await vi.waitFor(() => expect(done).toContain(0));

    await jobs.enqueue({ task: 'work', payload: { n: 2 }, key: 'after' });

    await vi.waitFor(() => expect(done).toContain(2), { timeout: 8_000 });
    await jobs.stop(0);
    await remote.close();
  });
});

describe('jobs that end while a commit adds others', () => {
  it('give way to it in a deadlock, and the work goes on', async () => {
    await using jobs = worker();
    const done: unknown[] = [];
    const bothRun = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    await jobs.start({
      work: async ({ n }) => {
        done.push(n);
        if (done.length === 2) bothRun.resolve();
        await mayEnd.promise;
      },
    });
    await jobs.enqueue({ task: 'work', payload: { n: 1 }, key: '1', queue: 'one' });
    await jobs.enqueue({ task: 'work', payload: { n: 1 }, key: '2', queue: 'two' });
    await bothRun.promise;
    const owner = connectDatabase(given.ownerUrl);
    const commit = await owner.pool.connect();
    // The first to look for a deadlock is the one that gives way.
    await commit.query(`set deadlock_timeout = '1min'`);
    const take = (key: string) =>
      commit.query(`select from graphile_worker._private_jobs where key = $1 for update`, [key]);

    await commit.query('begin');
    await take('2');
    mayEnd.resolve();
    await vi.waitFor(async () => expect(await waitingForLocks()).toBe(1), { interval: 5 });
    await take('1');
    await commit.query('commit');
    commit.release();
    await owner.close();
    await jobs.enqueue({ task: 'work', payload: { n: 3 }, key: '3', queue: 'one' });

    await vi.waitFor(() => expect(done).toEqual([1, 1, 3]), { timeout: 10_000 });
    await vi.waitFor(async () => expect(await waiting()).toBe(0));
  });
});

describe('a job that fails for good', () => {
  it('is set aside with its reason after its last try', async () => {
    await using jobs = worker();
    await jobs.start({ work: () => Promise.reject(new Error('no such shop')) });
    await database.pool.query(
      `select graphile_worker.add_job('work', '{"n":1}', job_key => 'bad', max_attempts => 1)`,
    );

    await vi.waitFor(async () =>
      expect(await setAside()).toMatchObject([{ key: 'bad', reason: 'no such shop' }]),
    );
  });

  it('is set aside at once when a PortError says that another try is useless', async () => {
    await using jobs = worker();
    let tries = 0;
    await jobs.start({
      work: () => {
        tries += 1;
        throw new PortError('is_archived', 'The channel is archived.', { retry: false });
      },
    });
    await jobs.enqueue({ task: 'work', payload: {}, key: 'archived' });

    await vi.waitFor(async () =>
      expect(await setAside()).toMatchObject([{ reason: 'The channel is archived.' }]),
    );
    expect(tries).toBe(1);
    // It is of no stream, so there is nobody to be told.
    await vi.waitFor(async () => expect(await waiting()).toBe(0));
  });

  it('is made known to the task that tells people, once for a stream, and that one to nobody', async () => {
    await using jobs = worker();
    const told: unknown[] = [];
    await jobs.start({
      work: () => {
        throw new PortError('gone', 'The shop is gone.', { retry: false });
      },
      'set-aside': async (payload) => {
        told.push(payload);
        throw new PortError('gone', 'The teller is gone.', { retry: false });
      },
    });
    await jobs.enqueue({ task: 'work', payload: { stream: 'inc-1', effect: 'e' }, key: 'w' });

    await vi.waitFor(async () => expect(await setAside()).toHaveLength(2));
    await vi.waitFor(async () => expect(await waiting()).toBe(0));
    expect(told).toEqual([
      { stream: 'inc-1', task: 'work', effect: 'e', reason: 'The shop is gone.' },
    ]);
  });

  it('waits for the next worker when this one is told to stop', async () => {
    await using jobs = worker();
    const begun = Promise.withResolvers<void>();
    await jobs.start({
      work: (_payload, signal) => {
        begun.resolve();
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      },
    });
    await jobs.enqueue({ task: 'work', payload: {}, key: 'interrupted' });
    await begun.promise;

    await jobs.stop(0);

    expect(await waiting()).toBe(1);
    expect(await setAside()).toEqual([]);
    const { rows } = await database.pool.query('select * from worker_heartbeats');
    expect(rows).toEqual([]);
  });
});

function worker(): Jobs & AsyncDisposable {
  const jobs = createJobs({ database, log: silent, quickRetriesMs: [5, 5] });
  return { ...jobs, [Symbol.asyncDispose]: () => jobs.stop(0) };
}

/** A replica in a process of its own, whose only job never ends. */
async function startVictim(): Promise<
  Disposable & { process: ChildProcess & { stdout: Readable }; isWorking: () => Promise<unknown> }
> {
  const child = spawn(
    process.execPath,
    [new URL('./endless-worker.ts', import.meta.url).pathname, given.url],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  const working = once(child.stdout, 'data');
  return {
    process: child,
    isWorking: () => working,
    [Symbol.dispose]: () => {
      child.kill('SIGKILL');
    },
  };
}

async function enqueueHeldByTheDead(): Promise<void> {
  await database.pool.query(
    `select graphile_worker.add_job('work', '{"n":1}', job_key => 'deadly')`,
  );
  await holdByTheDead();
}

async function holdByTheDead(): Promise<void> {
  await database.pool.query(`
    update graphile_worker._private_jobs
       set locked_by = 'pool-dead', locked_at = now() - interval '9 seconds'`);
}

async function setAside(): Promise<unknown[]> {
  return (await database.pool.query('select * from jobs_set_aside')).rows;
}

async function waitingForLocks(): Promise<number> {
  const { rows } = await database.pool.query('select from pg_locks where not granted');
  return rows.length;
}

async function waiting(): Promise<number> {
  return (await database.pool.query('select * from graphile_worker.jobs')).rows.length;
}
