import { describe, expect, it, vi } from 'vitest';

import type { JsonObject } from '#domain/json.ts';
import type { NewJob } from '#ports/event-store.ts';
import type { Jobs, Task } from '#ports/jobs.ts';
import { PortError } from '#ports/port-error.ts';

/** What every job queue keeps. `create` gives an idle one on an empty queue; `dispose` ends it. */
export function testJobs(create: () => Promise<Jobs & AsyncDisposable>): void {
  describe('a job queue', () => {
    it('does a job with its payload', async () => {
      await using jobs = await create();
      const { task, done } = recording();
      await jobs.start({ work: task });

      await jobs.enqueue(job('one', { payload: { stream: 'inc-1', text: '\u0000' } }));

      await until(() => expect(done).toEqual([{ stream: 'inc-1', text: '\u0000' }]));
    });

    it('does jobs that waited for a worker, the more urgent first', async () => {
      await using jobs = await create();
      const { task, done } = recording();
      for (const [key, priority] of Object.entries({ late: 5, soon: -5, normal: 0 })) {
        await jobs.enqueue(job(key, { priority, queue: 'ordered', payload: { key } }));
      }

      await jobs.start({ work: task });

      await until(() => expect(done.map(({ key }) => key)).toEqual(['soon', 'normal', 'late']));
    });

    it('makes one job of two with the same key while the first has not begun', async () => {
      await using jobs = await create();
      const { task, done } = recording();
      await jobs.enqueue(job('same', { payload: { n: 1 } }));
      await jobs.enqueue(job('same', { payload: { n: 2 } }));
      await jobs.enqueue(job('last', { payload: { n: 3 }, priority: 9 }));

      await jobs.start({ work: task });

      await until(() => expect(done).toContainEqual({ n: 3 }));
      expect(done.filter(({ n }) => n !== 3)).toEqual([{ n: 2 }]);
    });

    it('does a job again when its key comes while it runs', async () => {
      await using jobs = await create();
      const gate = Promise.withResolvers<void>();
      const begun: JsonObject[] = [];
      await jobs.start({
        work: async (payload) => {
          begun.push(payload);
          await gate.promise;
        },
      });
      await jobs.enqueue(job('busy', { payload: { n: 1 } }));
      await until(() => expect(begun).toHaveLength(1));

      await jobs.enqueue(job('busy', { payload: { n: 2 } }));
      gate.resolve();

      await until(() => expect(begun).toEqual([{ n: 1 }, { n: 2 }]));
    });

    it('does the jobs of one queue one after another, in order, and without a pause', async () => {
      await using jobs = await create();
      let atOnce = 0;
      let most = 0;
      const done: number[] = [];
      const startedAt = performance.now();
      await jobs.start({
        work: async ({ n }) => {
          most = Math.max(most, (atOnce += 1));
          await new Promise(setImmediate);
          atOnce -= 1;
          done.push(Number(n));
        },
      });

      const all = Array.from({ length: 20 }, (_, index) => index);
      for (const n of all) {
        await jobs.enqueue(job(`serial-${n}`, { queue: 'serial', payload: { n } }));
      }

      await until(() => expect(done).toEqual(all));
      expect(most).toBe(1);
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    });

    it('does not do a job before its time', async () => {
      await using jobs = await create();
      const { task, done } = recording();
      await jobs.start({ work: task });
      const runAt = new Date(Date.now() + 1_200).toISOString();

      await jobs.enqueue(job('timer', { runAt, payload: { key: 'timer' } }));
      await jobs.enqueue(job('other', { payload: { key: 'other' } }));

      await until(() => expect(done).toEqual([{ key: 'other' }]));
      await until(() => expect(done).toHaveLength(2));
      expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(runAt));
    });

    it('tries a failed job again soon', async () => {
      await using jobs = await create();
      let tries = 0;
      const startedAt = performance.now();
      await jobs.start({
        work: async () => {
          tries += 1;
          if (tries < 3) throw new PortError('slack.limited', 'later', { retry: true });
        },
      });

      await jobs.enqueue(job('flaky', {}));

      await until(() => expect(tries).toBe(3));
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    });

    it('does not try again what a PortError calls hopeless, and goes on with the queue', async () => {
      await using jobs = await create();
      const tried: unknown[] = [];
      await jobs.start({
        work: async ({ key }) => {
          tried.push(key);
          if (key === 'bad') throw new PortError('is_archived', 'gone', { retry: false });
        },
      });

      await jobs.enqueue(job('bad', { queue: 'q', payload: { key: 'bad' } }));
      await jobs.enqueue(job('good', { queue: 'q', payload: { key: 'good' } }));

      await until(() => expect(tried).toEqual(['bad', 'good']));
    });

    it('finishes what runs before it stops, and takes nothing new', async () => {
      await using jobs = await create();
      const gate = Promise.withResolvers<void>();
      const done: unknown[] = [];
      let begun = false;
      await jobs.start({
        work: async ({ key }) => {
          begun = true;
          await gate.promise;
          done.push(key);
        },
      });
      await jobs.enqueue(job('running', { payload: { key: 'running' } }));
      await until(() => expect(begun).toBe(true));

      const stopped = jobs.stop(10_000);
      await jobs.enqueue(job('new', { payload: { key: 'new' } }));
      gate.resolve();
      await stopped;

      expect(done).toEqual(['running']);
    });

    it('tells a job to stop when the grace is over', async () => {
      await using jobs = await create();
      const told = Promise.withResolvers<unknown>();
      let begun = false;
      await jobs.start({
        work: (_payload, signal) => {
          begun = true;
          return new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              told.resolve(signal.reason);
              reject(signal.reason);
            });
          });
        },
      });
      await jobs.enqueue(job('endless', {}));
      await until(() => expect(begun).toBe(true));

      await jobs.stop(10);

      expect(String(await told.promise)).toContain('the worker stops');
    });

    it('stops in spite of a job that hears nothing', async () => {
      await using jobs = await create();
      let begun = false;
      await jobs.start({
        work: () => {
          begun = true;
          return new Promise(() => {});
        },
      });
      await jobs.enqueue(job('deaf', {}));
      await until(() => expect(begun).toBe(true));

      await jobs.stop(10);
    });
  });
}

function recording(): { task: Task; done: JsonObject[] } {
  const done: JsonObject[] = [];
  return {
    done,
    task: async (payload) => {
      done.push(payload);
    },
  };
}

function job(key: string, given: Partial<NewJob>): NewJob {
  return { task: 'work', payload: {}, key, ...given };
}

function until(expectation: () => void): Promise<void> {
  return vi.waitFor(expectation, { timeout: 8_000, interval: 10 });
}
