import { text } from 'node:stream/consumers';

import { describe, expect, it } from 'vitest';

import { serve } from '#test/support/serve.ts';

import { chatOn } from './chat-on.ts';
import { slackStandIn } from './slack-stand-in.ts';
import { run } from './views/sample-run.ts';

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
