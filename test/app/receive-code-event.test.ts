import { describe, expect, it } from 'vitest';

import { type CodeEvent, receiveCodeEvent } from '#app/receive-code-event.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { NewJob } from '#ports/event-store.ts';
import { silent } from '#test/support/database.ts';
import { settings as plainSettings } from '#test/support/runbooks.ts';

const options = { repository: 'acme/runbooks' };
const settings: Settings = {
  ...plainSettings,
  connections: { github: { type: 'github', url: null, drill: false, options } },
  runbooks: { connection: null, repository: null, branch: 'main', path: 'runbooks' },
};

async function receive(event: CodeEvent, of: Settings = settings) {
  const queued: NewJob[] = [];
  let refreshed = 0;
  await receiveCodeEvent(
    {
      runbooks: {
        settings: () => of,
        get: () => null,
        all: () => [],
        problems: () => [],
        broken: () => [],
      },
      jobs: {
        enqueue: async (job) => {
          queued.push(job);
        },
        start: async () => {},
        stop: async () => {},
      },
      log: silent,
    },
    {
      current: () => null,
      refresh: async () => {
        refreshed += 1;
      },
    },
    event,
  );
  return { queued, refreshed };
}

const pull = (repository: string, head = 'a'): CodeEvent => ({
  kind: 'pullRequest',
  repository,
  number: 7,
  head,
});
const push = (branch: string): CodeEvent => ({ kind: 'push', repository: 'acme/runbooks', branch });

describe('what a code host tells us of', () => {
  it('is put into the queue, one after the other for one pull request', async () => {
    const first = await receive(pull('Acme/Runbooks', 'a'));
    const next = await receive(pull('acme/runbooks', 'b'));

    expect(first.queued).toMatchObject([{ task: 'pullRequest', payload: { number: 7 } }]);
    expect(first.queued[0]?.queue).toBe(next.queued[0]?.queue);
    expect(first.queued[0]?.key).not.toBe(next.queued[0]?.key);
  });

  it('is of no interest where it is of another repository, or none is named', async () => {
    const none = { ...settings, runbooks: null };
    for (const { queued } of [
      await receive(pull('mallory/runbooks')),
      await receive(pull('acme/runbooks'), none),
    ]) {
      expect(queued).toEqual([]);
    }
  });

  it('has the branch of the runbooks looked at, and no other', async () => {
    expect((await receive(push('main'))).refreshed).toBe(1);
    expect((await receive(push('topic'))).refreshed).toBe(0);
  });
});
