import { describe, expect, it } from 'vitest';

import { createPerson, findControl } from '#practice/slack/person.ts';
import { BEN, startSocketApp, startWorkspace } from '#test/practice/slack/support/bolt.ts';

const soon = { withinMs: 5_000 };

describe('a Bolt app in Socket Mode', () => {
  it('hears a command, and its answer is seen by the person who typed it alone', async () => {
    await using workspace = await startWorkspace();
    await using _app = await startSocketApp(workspace, (app) =>
      app.command('/incident', async ({ ack, command }) => ack(`you said ${command.text}`)),
    );
    const ben = createPerson({ url: workspace.pageUrl, user: BEN });

    const result = await ben.type('ops', '/incident declare slow checkout');

    expect(result).toMatchObject({ ok: true, ackMs: expect.any(Number) });
    const said = await ben.until((sight) => sight.channels[0]?.messages.at(-1), soon);
    expect(said).toMatchObject({ text: 'you said declare slow checkout', onlyYou: true });
  });

  it('posts a button, hears the press with what the message held, and updates the message', async () => {
    await using workspace = await startWorkspace();
    await using running = await startSocketApp(workspace, (app) =>
      app.action('approve', async ({ ack, body, client, action }) => {
        await ack();
        if (body.type !== 'block_actions' || body.container['type'] !== 'message') return;
        await client.chat.update({
          channel: body.channel?.id ?? '',
          ts: body.message?.ts ?? '',
          text: `approved by <@${body.user.id}>: ${'value' in action ? action.value : ''}`,
        });
      }),
    );
    await running.app.client.chat.postMessage({
      channel: 'C0OPS',
      text: 'Approve?',
      blocks: [
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'approve',
              value: 'plan-1',
              text: { type: 'plain_text', text: 'Approve' },
            },
          ],
        },
      ],
    });
    const ben = createPerson({ url: workspace.pageUrl, user: BEN });

    const button = await ben.until((sight) => findControl(sight, { label: 'Approve' }), soon);
    expect(await ben.press(button)).toMatchObject({ ok: true });

    const stamped = await ben.until(
      (sight) => sight.channels[0]?.messages.find((message) => message.text.startsWith('approved')),
      soon,
    );
    expect(stamped).toMatchObject({
      text: 'approved by <@U0BEN>: plan-1',
      edited: true,
      controls: [],
    });
    expect(await ben.press(button)).toMatchObject({ ok: false, error: 'no_such_element' });
  });

  it('gives each payload to exactly one of two connections, in turn', async () => {
    await using workspace = await startWorkspace();
    const heard: string[] = [];
    await using _first = await startSocketApp(workspace, (app) =>
      app.command('/incident', async ({ ack }) => {
        heard.push('first');
        await ack();
      }),
    );
    await using _second = await startSocketApp(workspace, (app) =>
      app.command('/incident', async ({ ack }) => {
        heard.push('second');
        await ack();
      }),
    );
    const ben = createPerson({ url: workspace.pageUrl, user: BEN });

    for (let n = 0; n < 4; n += 1) await ben.type('ops', '/incident');

    expect(workspace.connections()).toBe(2);
    expect(heard.toSorted()).toEqual(['first', 'first', 'second', 'second']);
  });

  it('opens a modal, refuses a value beside its field, and then closes it', async () => {
    await using workspace = await startWorkspace();
    await using _app = await startSocketApp(workspace, (app) => {
      app.command('/incident', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({
          trigger_id: command.trigger_id,
          view: {
            type: 'modal',
            callback_id: 'declare',
            title: { type: 'plain_text', text: 'Declare' },
            submit: { type: 'plain_text', text: 'Declare' },
            blocks: [
              {
                type: 'input',
                block_id: 'title',
                label: { type: 'plain_text', text: 'Title' },
                element: { type: 'plain_text_input', action_id: 'value', min_length: 3 },
              },
            ],
          },
        });
      });
      app.view('declare', async ({ ack, view }) => {
        const title = view.state.values['title']?.['value']?.value;
        if (title === 'nope')
          await ack({ response_action: 'errors', errors: { title: 'Not this' } });
        else await ack();
      });
    });
    const ben = createPerson({ url: workspace.pageUrl, user: BEN });
    await ben.type('ops', '/incident');
    await ben.until((sight) => sight.modal, soon);

    expect(await ben.submit({ Title: 'ab' })).toMatchObject({ error: 'invalid_values' });
    expect(await ben.submit({ Title: 'nope' })).toMatchObject({ problems: { title: 'Not this' } });
    expect(await ben.submit({ Title: 'Checkout fails' })).toMatchObject({ ok: true });

    expect((await ben.see()).modal).toBeNull();
  });

  it('hears mentions and reactions, and people’s edits and deletions, in channels it is in', async () => {
    await using workspace = await startWorkspace();
    const heard: string[] = [];
    await using running = await startSocketApp(workspace, (app) => {
      app.event('app_mention', async ({ event }) => void heard.push(`mention ${event.text}`));
      app.event('reaction_added', async ({ event }) => void heard.push(`+${event.reaction}`));
      app.event('reaction_removed', async ({ event }) => void heard.push(`-${event.reaction}`));
      app.event('message', async ({ event }) => void heard.push(event.subtype ?? 'message'));
    });
    const ben = createPerson({ url: workspace.pageUrl, user: BEN });

    const said = await ben.type('ops', '@handrail note rolled back');
    if (!said.ok || said.ts === undefined) throw new Error('nothing was said');
    const message = { channel: 'C0OPS', ts: said.ts };
    await ben.react(message, 'pushpin');
    await ben.unreact(message, 'pushpin');
    await ben.edit(message, 'rolled back 1842');
    await ben.remove(message);

    await expect
      .poll(() => heard.toSorted(), { timeout: 5_000 })
      .toEqual(
        [
          'mention <@U0HANDRAIL> note rolled back',
          'message',
          '+pushpin',
          '-pushpin',
          'message_changed',
          'message_deleted',
        ].toSorted(),
      );
    expect(running.app).toBeDefined();
  });
});
