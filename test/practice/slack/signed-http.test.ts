import { describe, expect, it } from 'vitest';

import { findControl } from '#practice/slack/person.ts';
import {
  actions,
  button,
  createTestbed,
  form,
  OPS,
  soon,
} from '#test/practice/slack/support/testbed.ts';

describe('a Bolt app in HTTP mode', () => {
  it('takes commands, presses, events and submissions as signed requests', async () => {
    await using bed = await createTestbed();
    const heard: string[] = [];
    await bed.httpApp((app) => {
      app.event('app_mention', async ({ event }) => void heard.push(event.text));
      app.command('/incident', async ({ ack, respond }) => {
        await ack();
        await respond({ text: 'menu', blocks: actions(button('open', 'Open')) });
      });
      app.action('open', async ({ ack, body, client }) => {
        await ack();
        if (body.type !== 'block_actions') return;
        await client.views.open({ trigger_id: body.trigger_id, view: form('f', { t: 'Title' }) });
      });
      app.view('f', async ({ ack, view }) => {
        heard.push(view.state.values['t']?.['value']?.value ?? '');
        await ack({ response_action: 'update', view: form('g', { u: 'Next' }) });
      });
    });

    await bed.ben.type('ops', '@handrail hello');
    expect(await bed.ben.type('ops', '/incident')).toMatchObject({ ok: true });
    const open = await bed.ben.until((sight) => findControl(sight, { label: 'Open' }), soon);
    await bed.ben.press(open);
    await bed.ben.until((sight) => sight.modal, soon);
    expect(await bed.ben.submit({ Title: 'Checkout' })).toMatchObject({ ok: true });

    const next = await bed.ben.until((sight) => sight.modal?.fields[0]?.label === 'Next', soon);
    expect(next).toBe(true);
    await expect
      .poll(() => heard, { timeout: 5_000 })
      .toEqual(expect.arrayContaining(['<@U0HANDRAIL> hello', 'Checkout']));
  });

  it('never gets past a wrong secret, and the person is told', async () => {
    await using bed = await createTestbed();
    let heard = 0;
    await bed.httpApp((app) => {
      app.command('/incident', async ({ ack }) => {
        heard += 1;
        await ack();
      });
    }, 'another-signing-secret-of-32-chars');

    const result = await bed.ben.type('ops', '/incident');

    expect(result).toMatchObject({ ok: false, error: 'dispatch_failed' });
    expect(heard).toBe(0);
    const said = (await bed.ben.see()).channels[0]?.messages.at(-1);
    expect(said).toMatchObject({ channel: OPS, onlyYou: true });
    expect(said?.text).toBe('/incident failed with the error "dispatch_failed".');
  });
});
