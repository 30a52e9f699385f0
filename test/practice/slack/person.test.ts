import { describe, expect, it } from 'vitest';

import { createPerson } from '#practice/slack/person.ts';
import {
  actions,
  BEN,
  button,
  createTestbed,
  OPS,
  plain,
  soon,
} from '#test/practice/slack/support/testbed.ts';

describe('a person', () => {
  it('sees only the channels they are in, and only their own ephemeral messages', async () => {
    await using bed = await createTestbed();
    await bed.api('chat.postEphemeral', { channel: OPS, user: BEN, text: 'psst' });

    const ben = await bed.ben.see();
    const carla = await bed.carla.see();

    expect(ben.channels.map((channel) => channel.name)).toEqual(['ops', 'general']);
    expect(carla.channels.map((channel) => channel.name)).toEqual(['ops', 'general', 'board']);
    expect(ben.channels[0]?.messages).toMatchObject([{ text: 'psst', onlyYou: true }]);
    expect(carla.channels[0]?.messages).toEqual([]);
  });

  it('waits on the stream until what they look for is there', async () => {
    await using bed = await createTestbed();
    const waiting = bed.carla.until(
      (sight) => sight.channels[0]?.messages.find((message) => message.text === 'second'),
      soon,
    );

    await bed.ben.type('ops', 'first');
    await bed.ben.type('ops', 'second');

    expect(await waiting).toMatchObject({ author: { name: 'ben' } });
  });

  it('says who waited in vain, and how long', async () => {
    await using bed = await createTestbed();

    await expect(bed.ben.until(() => false, { withinMs: 20 })).rejects.toThrow(
      'U0BEN did not see it within 20 ms',
    );
  });

  it('stops waiting when told to', async () => {
    await using bed = await createTestbed();
    const stop = new AbortController();
    const waiting = bed.ben.until(() => false, { ...soon, signal: stop.signal });

    stop.abort(new Error('over'));

    await expect(waiting).rejects.toThrow('over');
  });

  it('types mentions, channels and links as Slack stores them, and cannot forge them', async () => {
    await using bed = await createTestbed();

    await bed.ben.type('ops', '@carla see #ops & <@U0BEN> at https://x.example/a @nobody @sre');

    expect((await bed.ben.see()).channels[0]?.messages.at(-1)?.text).toBe(
      '<@U0CARLA> see <#C0OPS|ops> &amp; &lt;@U0BEN&gt; at <https://x.example/a> @nobody <!subteam^S0SRE>',
    );
  });

  it('chooses from a menu only what it offers', async () => {
    await using bed = await createTestbed();
    const got: unknown[] = [];
    await bed.socketApp((app) =>
      app.action('sev', async ({ ack, body }) => {
        await ack();
        if (body.type === 'block_actions') got.push(body.state?.values['pick']?.['sev']);
      }),
    );
    const options = ['SEV1', 'SEV2'].map((text) => ({
      text: { type: 'plain_text', text },
      value: text.toLowerCase(),
    }));
    const elements = [{ type: 'static_select', action_id: 'sev', options }];
    const blocks = [{ type: 'actions', block_id: 'pick', elements }];
    await bed.api('chat.postMessage', { channel: OPS, text: 'x', blocks });
    const menu = await bed.ben.until((sight) => sight.channels[0]?.messages[0]?.controls[0], soon);

    expect(await bed.ben.press(menu, 'SEV9')).toMatchObject({ ok: false, error: 'invalid_value' });
    expect(await bed.ben.press(menu, 'SEV2')).toMatchObject({ ok: true });

    expect(got).toMatchObject([{ selected_option: { value: 'sev2' } }]);
  });

  it('is told that a command does not exist, or does not work in a thread', async () => {
    await using bed = await createTestbed();
    const said = await bed.ben.type('ops', 'hello');

    expect(await bed.ben.type('ops', '/nope')).toMatchObject({ error: 'no_such_command' });
    const thread = said.ok ? said.ts : '';
    expect(await bed.ben.type('ops', '/incident', thread)).toMatchObject({
      error: 'not_in_threads',
    });
  });

  it('reads confirm dialogs as data', async () => {
    await using bed = await createTestbed();
    const confirm = {
      title: plain('Sure?'),
      text: plain('It rolls back'),
      confirm: plain('Roll back'),
    };
    const blocks = actions(Object.assign(button('go', 'Go'), { confirm }));
    await bed.api('chat.postMessage', { channel: OPS, text: 'x', blocks });

    const [control] = (await bed.ben.see()).channels[0]?.messages[0]?.controls ?? [];

    expect(control?.confirm).toEqual({
      title: 'Sure?',
      text: 'It rolls back',
      confirm: 'Roll back',
      deny: 'Cancel',
      style: null,
    });
  });

  it('must be an active member', async () => {
    await using bed = await createTestbed();
    const gone = createPerson({ url: bed.workspace.pageUrl, user: 'U0GONE' });

    await expect(gone.see()).rejects.toThrow('404');
  });

  it('is not impersonated by another web page', async () => {
    await using bed = await createTestbed();
    const acts = new URL(`/people/${BEN}/acts`, bed.workspace.pageUrl);
    const body = JSON.stringify({ act: 'type', channel: OPS, text: 'forged' });

    const response = await fetch(acts, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
      body,
    });

    expect(response.status).toBe(403);
    expect((await bed.ben.see()).channels[0]?.messages).toEqual([]);
  });
});
