import { describe, expect, it } from 'vitest';

import { findControl } from '#practice/slack/person.ts';
import {
  actions,
  BEN,
  button,
  createTestbed,
  form,
  OPS,
  soon,
} from '#test/practice/slack/support/testbed.ts';

describe('a Bolt app in Socket Mode', () => {
  it('hears a command, and its answer is seen by the person who typed it alone', async () => {
    await using bed = await createTestbed();
    await bed.socketApp((app) =>
      app.command('/incident', async ({ ack, command }) => ack(`you said ${command.text}`)),
    );

    const result = await bed.ben.type('ops', '/incident declare slow checkout');

    expect(result).toMatchObject({ ok: true, ackMs: expect.any(Number) });
    const said = await bed.ben.until((sight) => sight.channels[0]?.messages.at(-1), soon);
    expect(said).toMatchObject({ text: 'you said declare slow checkout', onlyYou: true });
    expect((await bed.carla.see()).channels[0]?.messages).toEqual([]);
    expect(bed.workspace.acks()).toMatchObject([{ name: '/incident', ms: expect.any(Number) }]);
  });

  it('hears a press with its value and message, and updates the message', async () => {
    await using bed = await createTestbed();
    const app = await bed.socketApp((bolt) =>
      bolt.action('approve', async ({ ack, body, client, action }) => {
        await ack();
        if (body.type !== 'block_actions') return;
        await client.chat.update({
          channel: body.channel?.id ?? '',
          ts: body.message?.ts ?? '',
          blocks: [],
          text: `approved by <@${body.user.id}>: ${'value' in action ? action.value : ''}`,
        });
      }),
    );
    await app.client.apiCall('chat.postMessage', {
      channel: OPS,
      text: 'Approve?',
      blocks: actions(button('approve', 'Approve', 'plan-1')),
    });

    const approve = await bed.ben.until((sight) => findControl(sight, { label: 'Approve' }), soon);
    expect(await bed.ben.press(approve)).toMatchObject({ ok: true });

    const stamped = await bed.ben.until(
      (sight) => sight.channels[0]?.messages.find((message) => message.edited),
      soon,
    );
    expect(stamped).toMatchObject({ text: `approved by <@${BEN}>: plan-1`, controls: [] });
    expect(await bed.ben.press(approve)).toMatchObject({ ok: false, error: 'no_such_element' });
  });

  it('gets each payload on exactly one of two connections, in turn', async () => {
    await using bed = await createTestbed();
    const heard: string[] = [];
    for (const name of ['first', 'second']) {
      await bed.socketApp((app) =>
        app.command('/incident', async ({ ack }) => {
          heard.push(name);
          await ack();
        }),
      );
    }

    for (let n = 0; n < 4; n += 1) await bed.ben.type('ops', '/incident');

    expect(bed.workspace.connections()).toBe(2);
    expect(heard.toSorted()).toEqual(['first', 'first', 'second', 'second']);
  });

  it('opens a modal, refuses a value beside its field, and then closes it', async () => {
    await using bed = await createTestbed();
    await bed.socketApp((app) => {
      app.command('/incident', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({
          trigger_id: command.trigger_id,
          view: form('declare', { title: 'Title' }),
        });
      });
      app.view('declare', async ({ ack, view }) => {
        const title = view.state.values['title']?.['value']?.value;
        const errors = { title: 'Not this' };
        await (title === 'nope' ? ack({ response_action: 'errors', errors }) : ack());
      });
    });
    await bed.ben.type('ops', '/incident');
    await bed.ben.until((sight) => sight.modal, soon);

    expect(await bed.ben.submit({ Title: 'ab' })).toMatchObject({ error: 'invalid_values' });
    expect(await bed.ben.submit({ Title: '' })).toMatchObject({ error: 'invalid_values' });
    expect(await bed.ben.submit({ Title: 'nope' })).toMatchObject({
      problems: { title: 'Not this' },
    });
    expect((await bed.ben.see()).modal?.errors).toEqual({ title: 'Not this' });
    expect(await bed.ben.submit({ Title: 'Checkout fails' })).toMatchObject({ ok: true });

    expect((await bed.ben.see()).modal).toBeNull();
  });

  it('hears mentions, reactions, edits and deletions in channels it is in', async () => {
    await using bed = await createTestbed();
    const heard: string[] = [];
    await bed.socketApp((app) => {
      app.event('app_mention', async ({ event }) => void heard.push(`mention ${event.text}`));
      app.event('reaction_added', async ({ event }) => void heard.push(`+${event.reaction}`));
      app.event('reaction_removed', async ({ event }) => void heard.push(`-${event.reaction}`));
      app.event('message', async ({ event }) => void heard.push(event.subtype ?? 'message'));
    });

    await bed.ben.type('general', '@handrail is not in here');
    const said = await bed.ben.type('ops', '@handrail note rolled back');
    if (!said.ok || said.ts === undefined) throw new Error('nothing was said');
    const message = { channel: OPS, ts: said.ts };
    await bed.ben.react(message, 'pushpin');
    await bed.ben.unreact(message, 'pushpin');
    await bed.ben.edit(message, 'rolled back 1842');
    await bed.ben.remove(message);

    const expected = [
      'mention <@U0HANDRAIL> note rolled back',
      'message',
      '+pushpin',
      '-pushpin',
      'message_changed',
      'message_deleted',
    ];
    await expect.poll(() => heard.toSorted(), { timeout: 5_000 }).toEqual(expected.toSorted());
  });

  it('hears shortcuts and the opening of its home tab, which it then fills', async () => {
    await using bed = await createTestbed();
    const heard: string[] = [];
    await bed.socketApp((app) => {
      app.shortcut('note_message', async ({ ack, shortcut }) => {
        await ack();
        if (shortcut.type === 'message_action') heard.push(shortcut.message.text ?? '');
      });
      app.shortcut('declare', async ({ ack, shortcut }) => {
        await ack();
        heard.push(shortcut.type);
      });
      app.event('app_home_opened', async ({ event, client }) => {
        const blocks = actions(button('start', 'Start'));
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
      });
    });
    const said = await bed.ben.type('ops', 'rolled back');
    if (!said.ok || said.ts === undefined) throw new Error('nothing was said');

    await bed.ben.shortcut('note_message', { channel: OPS, ts: said.ts });
    await bed.ben.shortcut('declare');
    await bed.ben.openHome();

    expect(heard).toEqual(['rolled back', 'shortcut']);
    const home = await bed.ben.until((sight) => sight.home, soon);
    expect(home.controls).toMatchObject([{ label: 'Start' }]);
  });
});
