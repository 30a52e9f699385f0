import { describe, expect, it } from 'vitest';

import { chatOn } from './chat-on.ts';
import { slackStandIn } from './slack-stand-in.ts';

const notice = { kind: 'notice', text: 'Hello', by: null, mention: [], record: null } as const;
const metadata = (key: string) => ({ event_type: 'handrail_message', event_payload: { key } });
const posted = () => ({ ok: true, channel: 'C1', ts: '5.5' });

describe('chat on slack', () => {
  it('posts with the key in the metadata, and does not look for it the first time', async () => {
    await using slack = await slackStandIn({ 'chat.postMessage': posted });

    const message = await chatOn(slack).post({
      to: { channel: 'C1', thread: '1.1' },
      key: 'k1',
      message: notice,
      again: false,
    });

    expect(message).toEqual({ channel: 'C1', ts: '5.5', complete: true });
    const [args] = slack.of('chat.postMessage');
    expect(args).toMatchObject({ channel: 'C1', thread_ts: '1.1' });
    expect(JSON.parse(args?.['metadata'] ?? '')).toEqual({
      event_type: 'handrail_message',
      event_payload: { key: 'k1' },
    });
    expect(slack.of('conversations.history')).toEqual([]);
  });

  it('finds on a repeat what an earlier try has posted, on whatever page it is', async () => {
    await using slack = await slackStandIn({
      'conversations.history': (args) =>
        args['cursor'] === 'next'
          ? { ok: true, messages: [{ ts: '2.2', metadata: metadata('k1') }] }
          : {
              ok: true,
              messages: [{ ts: '3.3', metadata: metadata('other') }, { ts: '3.2' }],
              response_metadata: { next_cursor: 'next' },
            },
    });

    const message = await chatOn(slack).post({
      to: { channel: 'C1' },
      key: 'k1',
      message: notice,
      again: true,
    });

    expect(message).toEqual({ channel: 'C1', ts: '2.2', complete: false });
    expect(slack.of('chat.postMessage')).toEqual([]);
    expect(slack.of('conversations.history')[0]).toMatchObject({ include_all_metadata: 'true' });
  });

  it('looks in the thread for what belongs there, and posts what never got through', async () => {
    await using slack = await slackStandIn({
      'chat.postMessage': posted,
      'conversations.replies': () => ({ ok: true, messages: [] }),
    });

    await chatOn(slack).post({
      to: { channel: 'C1', thread: '1.1' },
      key: 'k1',
      message: notice,
      again: true,
    });

    expect(slack.of('conversations.replies')[0]).toMatchObject({ ts: '1.1' });
    expect(slack.of('chat.postMessage')).toHaveLength(1);
  });

  it('writes to a person in their direct messages', async () => {
    await using slack = await slackStandIn({
      'conversations.open': () => ({ ok: true, channel: { id: 'D7' } }),
      'chat.postMessage': () => ({ ok: true, channel: 'D7', ts: '5.5' }),
    });

    await chatOn(slack).post({ to: { person: 'U0BEN' }, key: 'k1', message: notice, again: false });

    expect(slack.of('conversations.open')[0]).toMatchObject({ users: 'U0BEN' });
    expect(slack.of('chat.postMessage')[0]).toMatchObject({ channel: 'D7' });
  });

  it('reports that a message to be updated is gone', async () => {
    await using slack = await slackStandIn({
      'chat.update': () => ({ ok: false, error: 'message_not_found' }),
    });

    const update = chatOn(slack).update({
      channel: 'C1',
      ts: '1.1',
      message: notice,
      urgent: true,
    });

    await expect(update).rejects.toMatchObject({ code: 'message_not_found', retry: false });
  });
});
