import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { PortError } from '#ports/port-error.ts';
import { createMemoryChanges } from '#test/adapters/slack/memory-changes.ts';
import {
  buttonPress,
  event,
  mention,
  messageShortcut,
  pushpin,
  slashCommand,
  submission,
} from '#test/adapters/slack/payloads.ts';
import { createApp, createMemoryInbox } from '#test/adapters/slack/running-app.ts';
import { slackStandIn } from '#test/adapters/slack/slack-stand-in.ts';

const users = {
  'users.info': ({ user = '' }) => ({
    ok: true,
    user: { id: user, name: user === 'U0BEN' ? 'ben' : 'ana', tz_offset: 3600 },
  }),
};

/** As the message has it that was marked. */
const pinned = [{ name: 'pushpin', users: ['U0ANA'], count: 1 }];

describe('what Slack sends', () => {
  it('does once what Slack sends more than once', async () => {
    await using slack = await slackStandIn(users);
    const { app, asked, done } = createApp(slack);
    await app.start();

    slack.deliver('events_api', event(mention('status'), 'Ev1'), 0);
    await slack.until(() => slack.acks.length === 1);
    slack.deliver('events_api', event(mention('status'), 'Ev2'), 1);
    await slack.until(() => slack.acks.length === 2 && slack.of('chat.postEphemeral').length === 1);
    await app.stop(1_000);

    expect(asked).toHaveLength(1);
    expect(done).toHaveLength(1);
  });

  it('stores a payload before it acknowledges it, and without its secret', async () => {
    await using slack = await slackStandIn();
    const gate = Promise.withResolvers<void>();
    const memory = createMemoryInbox();
    const inbox = {
      ...memory.inbox,
      async store(...entry: Parameters<typeof memory.inbox.store>) {
        await gate.promise;
        return memory.inbox.store(...entry);
      },
    };
    const { app } = createApp(slack, { inbox });
    await app.start();

    slack.deliver('slash_commands', slashCommand('status', slack.responseUrl));
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(slack.acks).toEqual([]);
    gate.resolve();
    await slack.until(() => slack.acks.length === 1);

    const [stored] = memory.stored.values();
    expect(stored?.kind).toBe('slash_command');
    expect(stored?.body).not.toHaveProperty('token');
    await app.stop(1_000);
  });

  it.each([
    ['person', 'U0BEN', { type: 'user_change', user: { id: 'U0BEN', deleted: true } }],
    [
      'usergroup',
      'S0PAY',
      { type: 'subteam_members_changed', subteam_id: 'S0PAY', removed_users: ['U0BEN'] },
    ],
    ['usergroup', 'S0PAY', { type: 'subteam_updated', subteam: { id: 'S0PAY', users: [] } }],
  ] as const)('notes before it acknowledges that a %s has changed', async (kind, id, told) => {
    await using slack = await slackStandIn();
    const memory = createMemoryChanges();
    let tries = 0;
    const { app, stored } = createApp(slack, {
      async onChange(changed) {
        tries += 1;
        if (tries === 1) throw new PortError('store.unavailable', 'Not now.', { retry: true });
        await memory.tell(changed);
      },
    });
    await app.start();

    slack.deliver('events_api', event(told, 'Ev1'), 0);
    await expect.poll(() => tries).toBe(1);
    expect(slack.acks).toEqual([]);
    slack.deliver('events_api', event(told, 'Ev1'), 1);
    await slack.until(() => slack.acks.length === 1);

    expect(await memory.last(kind, id)).toEqual(expect.any(String));
    expect(memory.revoked).toEqual(kind === 'person' ? [id] : []);
    expect([...stored]).toEqual([]);
    await app.stop(1_000);
  });

  it('acknowledges nothing that it could not store', async () => {
    await using slack = await slackStandIn();
    const { inbox } = createMemoryInbox();
    let stores = 0;
    const { app, asked } = createApp(slack, {
      inbox: {
        ...inbox,
        async store() {
          stores += 1;
          throw new Error('database is down');
        },
      },
    });
    await app.start();

    slack.deliver('events_api', event(mention('status')));
    slack.deliver('slash_commands', slashCommand('status', slack.responseUrl));
    await expect.poll(() => stores).toBe(2);
    await app.stop(1_000);

    expect(asked).toEqual([]);
    expect(slack.acks).toEqual([]);
  });

  it('deals at the start with what an earlier process has left', async () => {
    await using slack = await slackStandIn({
      ...users,
      'conversations.history': () => ({
        ok: true,
        messages: [
          { ts: '1764000000.000100', user: 'U0BEN', text: 'we are down', reactions: pinned },
        ],
      }),
    });
    const memory = createMemoryInbox([{ key: 'k', kind: 'event_callback', body: event(pushpin) }]);
    const { app, asked } = createApp(slack, { inbox: memory.inbox });

    await app.start();
    await expect.poll(() => memory.done).toEqual(['k']);

    expect(asked).toMatchObject([
      {
        name: 'noteMessage',
        request: { message: { text: 'we are down', at: '2025-11-24T16:00:00.000Z' } },
      },
    ]);
    await app.stop(1_000);
  });

  it('asks under the key of the stored payload, so that what comes again is known', async () => {
    await using slack = await slackStandIn(users);
    const { app, asked, stored } = createApp(slack);
    await app.start();
    const form = JSON.stringify({ act: 'stop', origin: { channel: 'C1', message: null } });

    slack.deliver('slash_commands', slashCommand('severity SEV2', slack.responseUrl));
    slack.deliver(
      'interactive',
      buttonPress({ action_id: 'control:1', value: 'c' }, slack.responseUrl),
    );
    slack.deliver('interactive', submission({ private_metadata: form, state: {} }));
    slack.deliver('interactive', messageShortcut(slack.responseUrl));
    slack.deliver('events_api', event(mention('note it is back')));
    await expect.poll(() => asked.length).toBe(5);
    await app.stop(1_000);

    const asOne = z.object({ origin: z.object({ once: z.string() }) });
    const keys = asked.map(({ request }) => asOne.parse(request).origin.once);
    expect(keys.toSorted()).toEqual([...stored.keys()].toSorted());
  });

  it('leaves an event unfinished when it failed, so that the next start takes it up', async () => {
    await using slack = await slackStandIn({
      ...users,
      'conversations.history': () => ({
        ok: true,
        messages: [{ ts: '1764000000.000100', text: 'down', reactions: pinned }],
      }),
    });
    const { app, asked, done, log } = createApp(slack, {
      replies: { noteMessage: () => Promise.reject(new Error('database is down')) },
    });
    await app.start();

    slack.deliver('events_api', event(pushpin));
    await expect.poll(() => asked.length).toBe(1);
    await app.stop(1_000);

    expect(done).toEqual([]);
    expect(log.lines.some(({ level }) => level === 'error')).toBe(true);
  });
});
