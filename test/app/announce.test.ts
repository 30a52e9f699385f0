import { expect, it } from 'vitest';

import { postAgain } from '#app/post-again.ts';
import { bot } from '#domain/ids.ts';
import { PortError } from '#ports/port-error.ts';

import { at, id, openIncident, silence } from './shown-incident.ts';

it('brings a message up to date that an earlier try has posted after all', async () => {
  let lost = 0;
  const { show, setSeverity, card } = await openIncident((chat) => ({
    async post(request) {
      const posted = await chat.post(request);
      if ((lost += 1) === 1) throw silence();
      return posted;
    },
  }));
  await expect(show()).rejects.toThrow('no answer');
  await setSeverity();

  await show();

  expect(card()?.severity).toBe('SEV2');
});

it('pins a message later that could not be pinned at once', async () => {
  let tries = 0;
  const { show, pinned } = await openIncident((chat) => ({
    async pin(message) {
      if ((tries += 1) === 1) throw silence();
      return chat.pin(message);
    },
  }));
  await expect(show()).rejects.toThrow('no answer');

  await show();
  await show();

  expect(pinned).toHaveLength(1);
});

it('goes on with a message that nobody may pin', async () => {
  const { show, setSeverity, card } = await openIncident(() => ({
    async pin() {
      throw new PortError('too_many_pins', 'no more pins', { retry: false });
    },
  }));
  await show();
  await setSeverity();

  await show();

  expect(card()?.severity).toBe('SEV2');
});

it('writes nothing more once another may be at it', async () => {
  const stop = new AbortController();
  const { app, show, messages } = await openIncident((chat) => ({
    async post(request) {
      stop.abort(new Error('not heard'));
      return chat.post(request);
    },
  }));

  await expect(show('main', stop.signal)).rejects.toThrow('not heard');

  expect(messages()).toHaveLength(1);
  expect(JSON.stringify(await app.store.mark('posted:main', id))).toContain('"ts":null');
});

it('posts again what somebody has deleted, when there is something new to show', async () => {
  const gone = new Set<string>();
  const { show, setSeverity, card, posts } = await openIncident((chat) => ({
    async update(request) {
      if (gone.has(request.ts)) {
        throw new PortError('message_not_found', 'no such message', { retry: false });
      }
      return chat.update(request);
    },
  }));
  await show();
  for (const { ts } of posts) gone.add(ts);
  await setSeverity();

  await show();

  expect(posts).toHaveLength(2);
  expect(card()?.severity).toBe('SEV2');
});

it('posts again at once what it hears has been deleted of ours, and nothing else', async () => {
  const { app, show, heard, posts } = await openIncident();
  await app.store.append({
    stream: id,
    expected: 2,
    events: [],
    jobs: [],
    marks: [{ scope: 'channel', key: 'C-inc', value: id }],
  });
  await show();
  const queued: unknown[] = [];
  const jobs = {
    ...app.jobs,
    enqueue: async (job: { payload: unknown }) => void queued.push(job.payload),
  };

  await postAgain({ ...app, jobs }, 'C-inc', 'another', 'deleted');
  expect(queued).toEqual([]);
  const ts = posts[0]?.ts ?? '';
  await postAgain({ ...app, jobs }, 'C-inc', ts, 'deleted');
  expect(queued).toEqual([{ stream: id, lane: 'main', deleted: ts }]);
  await heard({ deleted: ts });

  expect(posts).toHaveLength(2);
});

it('tries a closed place again after a while, and tells who leads that it is closed', async () => {
  let closed = true;
  const { give, show, setSeverity, card, messages, passes } = await openIncident((chat) => ({
    async post(request) {
      if (closed && 'channel' in request.to) {
        throw new PortError('is_archived', 'archived', { retry: false });
      }
      return chat.post(request);
    },
  }));
  const person = { kind: 'person', id: 'U-CLEO', name: 'cleo' } as const;
  await give({ type: 'AssignRole', at, actor: bot, role: 'commander', person });
  await show();
  await show('notice');
  expect(JSON.stringify(messages())).toContain(
    'Nothing can be posted in #inc: the channel is archived',
  );

  closed = false;
  await setSeverity();
  await show();
  expect(card()).toBeUndefined();

  passes(10 * 60_000);
  await show();
  expect(card()).toMatchObject({ severity: 'SEV2' });
});

it('takes a text that was erased out of what it has posted once', async () => {
  const { app, give, show, messages, passes } = await openIncident();
  await give({ type: 'PostUpdate', at, actor: bot, text: 'Jane Doe can not pay' });
  await show('notice');
  const standing = () => JSON.stringify(messages());
  expect(standing()).toContain('Update: Jane Doe can not pay');

  const entry = (await app.store.load(id)).findLast(({ event }) => 'texts' in event)?.position ?? 0;
  await give({ type: 'Redact', at, actor: bot, entry, positions: [entry] });
  await app.store.redact(id, entry);
  passes(10_000);
  await show('notice');

  expect(standing()).not.toContain('Jane Doe');
  expect(standing()).toContain('Update: (redacted)');
});
