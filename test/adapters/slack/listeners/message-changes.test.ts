import { describe, expect, it } from 'vitest';

import { event, pushpin } from '#test/adapters/slack/payloads.ts';
import { createApp } from '#test/adapters/slack/running-app.ts';
import { slackStandIn } from '#test/adapters/slack/slack-stand-in.ts';

const ts = pushpin.item.ts;
const unpinned = { ...pushpin, type: 'reaction_removed', event_ts: '1764000010.000000' };
const change = { type: 'message', channel: 'C1', channel_type: 'channel' };

describe('a message that was noted', () => {
  it.each([
    ['goes from the timeline with its last pushpin', [], [{ message: ts, text: null }]],
    ['stays while somebody else has it pinned', [{ name: 'pushpin', users: ['U0BEN'] }], []],
  ])('%s', async (_what, reactions, expected) => {
    await using slack = await slackStandIn({
      'users.info': ({ user = '' }) => ({ ok: true, user: { id: user, name: 'ana' } }),
      'conversations.history': () => ({ ok: true, messages: [{ ts, text: 'x', reactions }] }),
    });
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver('events_api', event(unpinned));
    await slack.until(() => slack.of('conversations.history').length === 1);
    await app.stop(1_000);

    expect(asked.map(({ request }) => request)).toMatchObject(expected);
  });

  it('is followed when it is edited or deleted, and nothing else that is said is looked at', async () => {
    await using slack = await slackStandIn({});
    const { app, asked } = createApp(slack);
    await app.start();
    const edited = (message: string, text: string, at: string) => ({
      ...change,
      subtype: 'message_changed',
      ts: at,
      message: { type: 'message', ts: message, text, user: 'U0BEN' },
      previous_message: { type: 'message', ts: message, text: 'before', user: 'U0BEN' },
    });

    slack.deliver('events_api', event({ ...change, ts: '1', text: 'hello', user: 'U0BEN' }));
    slack.deliver(
      'events_api',
      event({ ...edited('9', 'ours', '2'), previous_message: { bot_id: 'B1' } }),
    );
    slack.deliver('events_api', event(edited(ts, 'gateway A &amp; B', '3')));
    slack.deliver('events_api', event(edited('5', '<@U0BOT> note at 09:16 DNS is fine', '4')));
    slack.deliver(
      'events_api',
      event({ ...change, subtype: 'message_deleted', ts: '5', deleted_ts: '7' }),
    );
    await expect.poll(() => asked.length).toBe(3);
    await app.stop(1_000);

    expect(asked.map(({ request }) => request)).toEqual([
      { by: null, channel: 'C1', message: ts, text: 'gateway A & B' },
      { by: null, channel: 'C1', message: '5', text: 'DNS is fine' },
      { by: null, channel: 'C1', message: '7', text: null },
    ]);
  });
});
