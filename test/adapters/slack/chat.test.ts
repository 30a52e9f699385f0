import { text } from 'node:stream/consumers';

import { describe, expect, it } from 'vitest';

import { createChat } from '#adapters/slack/chat.ts';
import { createDownload } from '#adapters/slack/download.ts';
import { createGateway } from '#adapters/slack/gateway.ts';
import { serve } from '#test/support/serve.ts';

import { createQuietLog } from './quiet-log.ts';
import { slackStandIn } from './slack-stand-in.ts';
import { run } from './views/sample-run.ts';

const notice = { kind: 'notice', text: 'Hello', by: null, mention: [] } as const;
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
      message: notice,
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

describe('a picture', () => {
  it('is given to Slack in three steps, and stands in no channel by itself', async () => {
    let uploaded = '';
    await using files = await serve((request, response) => {
      const take = async () => {
        uploaded = await text(request);
        response.end('OK');
      };
      void take();
    });
    await using slack = await slackStandIn({
      'files.getUploadURLExternal': () => ({ ok: true, upload_url: files.url, file_id: 'F0CHART' }),
    });

    const bytes = Buffer.from('a picture');
    const file = await chatOn(slack).upload({ name: 'run-1.png', title: 'Error rate', bytes });

    expect(file).toBe('F0CHART');
    expect(uploaded).toBe('a picture');
    expect(slack.of('files.getUploadURLExternal')).toEqual([
      { filename: 'run-1.png', length: '9' },
    ]);
    expect(slack.of('files.completeUploadExternal')).toEqual([
      { files: '[{"id":"F0CHART","title":"Error rate"}]' },
    ]);
  });

  it('that Slack does not take is tried again later', async () => {
    await using files = await serve((_request, response) => response.writeHead(503).end());
    await using slack = await slackStandIn({
      'files.getUploadURLExternal': () => ({ ok: true, upload_url: files.url, file_id: 'F0CHART' }),
    });

    const bytes = Buffer.from('x');
    await expect(chatOn(slack).upload({ name: 'a.png', title: 't', bytes })).rejects.toMatchObject({
      code: 'upload_failed',
      retry: true,
    });
    expect(slack.of('files.completeUploadExternal')).toEqual([]);
  });
});

describe("Slack's newer blocks", () => {
  it('are given up for plain ones when Slack refuses them, and that is remembered', async () => {
    await using slack = await slackStandIn({
      'chat.postMessage': takesPlain,
      'chat.update': takesPlain,
    });
    const chat = chatOn(slack);

    const place = await chat.post({ to: { channel: 'C1' }, key: 'k', message: run, again: false });
    await chat.update({ ...place, message: run, urgent: true });

    const [rich, plain] = slack.of('chat.postMessage').map(({ blocks }) => blocks);
    expect(rich).toContain('"table"');
    expect(plain).toContain('42% of orders fail');
    expect(slack.of('chat.update').map(({ blocks }) => blocks)).toEqual([plain]);
  });

  it('are not to blame for a picture that Slack does not show yet', async () => {
    let ready = false;
    await using slack = await slackStandIn({
      'chat.update': ({ blocks = '' }) =>
        ready || !blocks.includes('F0CHART')
          ? { ok: true }
          : {
              ok: false,
              error: 'invalid_blocks',
              response_metadata: { messages: ['[ERROR] invalid slack file [json-pointer:/…]'] },
            },
    });
    const chat = chatOn(slack);
    const picture = { file: 'F0CHART', title: 'Error rate', alt: 'at most 58 %' };
    const message = { ...run, picture };
    const update = () => chat.update({ channel: 'C1', ts: '1.1', message, urgent: true });

    expect(await update()).toEqual({ complete: false });
    ready = true;
    expect(await update()).toEqual({ complete: true });

    const sent = slack.of('chat.update').map(({ blocks = '' }) => blocks);
    expect(sent.map((blocks) => blocks.includes('at most 58 %'))).toEqual([true, false, true]);
    expect(sent.every((blocks) => blocks.includes('"table"'))).toBe(true);
  });

  it('are not to blame when Slack refuses the plain ones, too', async () => {
    let broken = true;
    await using slack = await slackStandIn({
      'chat.update': () => (broken ? { ok: false, error: 'invalid_blocks' } : { ok: true }),
    });
    const chat = chatOn(slack);
    const update = () => chat.update({ channel: 'C1', ts: '1.1', message: run, urgent: true });

    await expect(update()).rejects.toMatchObject({ code: 'invalid_blocks' });
    broken = false;
    await update();

    expect(slack.of('chat.update').at(-1)?.['blocks']).toContain('"table"');
  });
});

const takesPlain = ({ blocks = '' }) =>
  /"type":"(table|plan)"/.test(blocks)
    ? { ok: false, error: 'invalid_blocks' }
    : { ok: true, channel: 'C1', ts: '1.1' };

/** A workspace that takes everything until it is told otherwise. */
function takesNewBlocks() {
  let taken = true;
  return {
    taken: async () => taken,
    refused: async () => {
      taken = false;
    },
  };
}

function chatOn(slack: { apiUrl: string }, newBlocks = takesNewBlocks()) {
  const gateway = createGateway({
    token: 'xoxb-t',
    slackApiUrl: slack.apiUrl,
    log: createQuietLog(),
  });
  const download = createDownload({ token: 'xoxb-t', slackApiUrl: slack.apiUrl });
  return createChat({ gateway, newBlocks, download });
}
