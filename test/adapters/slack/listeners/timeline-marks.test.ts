import { describe, expect, it } from 'vitest';

import { event, mention, messageShortcut, pushpin } from '#test/adapters/slack/payloads.ts';
import { createApp } from '#test/adapters/slack/running-app.ts';
import { slackStandIn } from '#test/adapters/slack/slack-stand-in.ts';

const users = {
  'users.info': ({ user = '' }) => ({
    ok: true,
    user: { id: user, name: user === 'U0BEN' ? 'ben' : 'ana', tz_offset: 3600 },
  }),
};

describe('the timeline', () => {
  it('notes by a mention in a thread at the time of the message', async () => {
    await using slack = await slackStandIn({
      ...users,
      'chat.getPermalink': () => ({ ok: true, permalink: 'https://x.slack.com/p1' }),
    });
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver('events_api', event(mention('note gateway &amp; DNS are fine')));
    await slack.until(() => slack.of('chat.postEphemeral').length === 1);
    await app.stop(1_000);

    expect(asked).toMatchObject([
      {
        name: 'noteMessage',
        request: {
          origin: { channel: 'C1', message: '1764000000.000001' },
          message: {
            text: 'gateway & DNS are fine',
            at: '2025-11-24T16:00:00.000Z',
            permalink: 'https://x.slack.com/p1',
            message: '1764000000.000200',
            author: { id: 'U0ANA' },
          },
        },
      },
    ]);
    expect(slack.of('chat.postEphemeral')[0]).toMatchObject({ thread_ts: '1764000000.000001' });
  });

  it('notes by the shortcut what somebody else wrote, as theirs', async () => {
    await using slack = await slackStandIn(users);
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver('interactive', messageShortcut(slack.responseUrl));
    await slack.until(() => slack.responded.length === 1);
    await app.stop(1_000);

    expect(asked).toMatchObject([
      {
        name: 'noteMessage',
        request: {
          by: { id: 'U0ANA' },
          message: {
            text: 'error rate > 40%',
            at: '2025-11-24T16:00:00.000Z',
            permalink: null,
            author: { id: 'U0BEN', name: 'ben' },
          },
        },
      },
    ]);
  });

  it('notes by the reaction a message that stands in a thread', async () => {
    await using slack = await slackStandIn({
      ...users,
      'conversations.history': () => ({ ok: true, messages: [] }),
      'conversations.replies': () => ({
        ok: true,
        messages: [
          { ts: '1.1', text: 'parent' },
          { ts: '1764000000.000100', text: 'in the thread', reactions: [{ name: 'pushpin' }] },
        ],
      }),
    });
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver('events_api', event({ ...pushpin, reaction: 'tada', event_ts: '1' }));
    slack.deliver('events_api', event(pushpin));
    await expect.poll(() => asked.length).toBe(1);
    await app.stop(1_000);

    expect(asked).toMatchObject([
      { name: 'noteMessage', request: { message: { text: 'in the thread' }, ask: false } },
    ]);
  });
});
