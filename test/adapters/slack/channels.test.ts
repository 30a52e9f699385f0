import { describe, expect, it } from 'vitest';

import { chatOn } from './chat-on.ts';
import { slackStandIn } from './slack-stand-in.ts';

describe('channels on slack', () => {
  it('finds a channel by its name and joins it when it has to', async () => {
    let joined = false;
    await using slack = await slackStandIn({
      'conversations.list': () => ({ ok: true, channels: [{ id: 'C9', name: 'incidents' }] }),
      'conversations.join': () => {
        joined = true;
        return { ok: true };
      },
      'chat.postMessage': () =>
        joined ? { ok: true, channel: 'C9', ts: '5.5' } : { ok: false, error: 'not_in_channel' },
    });

    const message = await chatOn(slack).post({
      to: { channel: '#incidents' },
      key: 'k',
      message: { kind: 'notice', text: 'Hello', by: null, mention: [], record: null },
      again: false,
    });

    expect(message.channel).toBe('C9');
  });

  it('puts a number behind a name that is taken', async () => {
    const taken = new Set(['inc-checkout', 'inc-checkout-2']);
    await using slack = await slackStandIn({
      'conversations.create': ({ name = '' }) =>
        taken.has(name)
          ? { ok: false, error: 'name_taken' }
          : { ok: true, channel: { id: 'C3', name } },
      'conversations.list': () => ({ ok: true, channels: [] }),
    });

    const channel = await chatOn(slack).createChannel({
      name: 'Inc Checkout!',
      private: false,
      key: 'k1',
    });

    expect(channel).toEqual({ id: 'C3', name: 'inc-checkout-3' });
  });

  it('answers with the channel of the first try when the same key comes again', async () => {
    const made = new Map<string, { id: string; name: string; purpose: { value: string } }>();
    await using slack = await slackStandIn({
      'conversations.create': ({ name = '' }) => {
        if (made.has(name)) return { ok: false, error: 'name_taken' };
        const channel = { id: `C${made.size}`, name, purpose: { value: '' } };
        made.set(name, channel);
        return { ok: true, channel };
      },
      'conversations.setPurpose': ({ channel, purpose = '' }) => {
        const found = [...made.values()].find(({ id }) => id === channel);
        if (found !== undefined) found.purpose.value = purpose;
        return { ok: true };
      },
      'conversations.list': () => ({ ok: true, channels: [...made.values()] }),
    });
    const chat = chatOn(slack);
    const request = { name: 'inc-a', private: false, key: 'k1' };

    const first = await chat.createChannel(request);
    const again = await chat.createChannel(request);
    const other = await chat.createChannel({ ...request, key: 'k2' });

    expect(again).toEqual(first);
    expect(other.name).toBe('inc-a-2');
  });

  it('invites a hundred at a time, and passes over those who cannot come', async () => {
    const invited: string[] = [];
    await using slack = await slackStandIn({
      'conversations.invite': ({ users = '' }) => {
        const ids = users.split(',');
        if (ids.includes('U3')) {
          return { ok: false, error: ids.length === 1 ? 'already_in_channel' : 'user_not_found' };
        }
        invited.push(...ids);
        return { ok: true };
      },
    });
    const people = Array.from({ length: 104 }, (_none, at) => `U${at + 100}`);

    await chatOn(slack).invite('C1', [...people, 'U3', 'U4', 'U4']);

    expect(invited).toEqual([...people, 'U4']);
  });

  it('says that an archived channel takes nobody', async () => {
    await using slack = await slackStandIn({
      'conversations.invite': () => ({ ok: false, error: 'is_archived' }),
    });

    await expect(chatOn(slack).invite('C1', ['U1', 'U2'])).rejects.toMatchObject({
      code: 'is_archived',
      retry: false,
    });
    expect(slack.calls).toHaveLength(1);
  });

  it('takes a pin that is there already as done, and no other refusal', async () => {
    const errors = ['already_pinned', 'too_many_pins'];
    await using slack = await slackStandIn({
      'pins.add': () => ({ ok: false, error: errors.shift() }),
    });
    const chat = chatOn(slack);

    await chat.pin({ channel: 'C1', ts: '1.1' });
    await expect(chat.pin({ channel: 'C1', ts: '1.1' })).rejects.toMatchObject({
      code: 'too_many_pins',
    });
  });

  it('cuts a topic to what Slack takes', async () => {
    await using slack = await slackStandIn();

    await chatOn(slack).setTopic('C1', 'x'.repeat(400));

    expect(slack.of('conversations.setTopic')[0]?.['topic']).toHaveLength(250);
  });
});
