import { describe, expect, it } from 'vitest';

import type { Reply } from '#app/use-cases.ts';
import { buttonPress, slashCommand, submission } from '#test/adapters/slack/payloads.ts';
import { createApp } from '#test/adapters/slack/running-app.ts';
import { slackStandIn } from '#test/adapters/slack/slack-stand-in.ts';

const origin = { channel: 'C1', message: null };
const form: Reply = {
  kind: 'form',
  form: {
    title: 'Declare an incident',
    submit: 'Declare',
    text: null,
    fields: [
      {
        id: 'title',
        label: 'Title',
        hint: null,
        optional: false,
        initial: null,
        type: 'text',
        multiline: false,
      },
    ],
  },
};

describe('presses and forms', () => {
  it('brings the control back with the message that it was pressed on', async () => {
    await using slack = await slackStandIn();
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver(
      'interactive',
      buttonPress({ action_id: 'control:3', value: 'c-17' }, slack.responseUrl),
    );
    await slack.until(() => slack.responded.length === 1);
    await app.stop(1_000);

    expect(asked).toMatchObject([
      {
        name: 'press',
        request: {
          control: 'c-17',
          origin: { channel: 'C1', message: '9.9' },
          by: { id: 'U0ANA' },
        },
      },
    ]);
  });

  it('says of a button that is not ours any more that it does nothing', async () => {
    await using slack = await slackStandIn();
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver(
      'interactive',
      buttonPress({ action_id: 'from_an_older_version', value: 'x' }, slack.responseUrl),
    );
    await slack.until(() => slack.responded.length === 1 && slack.acks.length === 1);
    await app.stop(1_000);

    expect(slack.responded[0]).toMatchObject({
      text: expect.stringContaining('does nothing any more'),
    });
    expect(asked).toEqual([]);
  });

  it('opens a form, and sends its values with the request that it was for', async () => {
    await using slack = await slackStandIn();
    let declared = false;
    const { app, asked } = createApp(slack, {
      replies: {
        async declareIncident() {
          const reply: Reply = declared ? { kind: 'done', text: 'Declared', channel: 'C77' } : form;
          declared = true;
          return reply;
        },
      },
    });
    await app.start();

    slack.deliver('slash_commands', slashCommand('declare', slack.responseUrl));
    await slack.until(() => slack.of('views.open').length === 1);
    const [opened] = slack.of('views.open');
    expect(opened?.['trigger_id']).toBe('trigger declare');
    const { private_metadata } = JSON.parse(opened?.['view'] ?? '');
    const state = { title: { value: { type: 'plain_text_input', value: 'Checkout is down' } } };
    slack.deliver('interactive', submission({ private_metadata, state }));
    await slack.until(() => slack.of('chat.postEphemeral').length === 1);
    await app.stop(1_000);

    expect(asked[1]).toMatchObject({ request: { values: { title: 'Checkout is down' }, origin } });
    expect(slack.of('chat.postEphemeral')[0]).toMatchObject({
      user: 'U0ANA',
      text: 'Declared <#C77>',
    });
  });

  it('offers the button again when Slack no longer opens the form', async () => {
    await using slack = await slackStandIn({
      'views.open': ({ trigger_id: trigger }) =>
        trigger === 'fresh' ? { ok: true } : { ok: false, error: 'expired_trigger_id' },
    });
    const { app } = createApp(slack, { replies: { declareIncident: async () => form } });
    await app.start();

    slack.deliver('slash_commands', slashCommand('declare', slack.responseUrl));
    await slack.until(() => slack.responded.length === 1);
    const said = JSON.parse(JSON.stringify(slack.responded[0]));
    expect(said.text).toContain('too little time');
    const { action_id, value } = said.blocks[1].elements[0];
    slack.deliver('interactive', buttonPress({ action_id, value }, slack.responseUrl, 'fresh'));
    await slack.until(() => slack.of('views.open').length === 2);
    await app.stop(1_000);

    expect(slack.of('views.open')[1]).toMatchObject({ trigger_id: 'fresh' });
  });

  it('shows a refusal in the form, at its first field, and keeps what was typed', async () => {
    await using slack = await slackStandIn();
    const { app } = createApp(slack, {
      replies: {
        declareIncident: async () => ({
          kind: 'refused',
          code: 'x',
          message: 'Say what is wrong.',
        }),
      },
    });
    await app.start();

    const private_metadata = JSON.stringify({ act: 'declare', origin, title: null });
    slack.deliver('interactive', submission({ private_metadata, state: {} }));
    await slack.until(() => slack.acks.length === 1);
    await app.stop(1_000);

    expect(slack.acks[0]).toMatchObject({
      payload: { response_action: 'errors', errors: { title: 'Say what is wrong.' } },
    });
  });

  it('closes a form whose answer takes long, and whispers the answer', async () => {
    await using slack = await slackStandIn();
    const gate = Promise.withResolvers<Reply>();
    const { app } = createApp(slack, { replies: { resolveIncident: () => gate.promise } });
    await app.start();

    slack.deliver(
      'interactive',
      submission({ private_metadata: JSON.stringify({ act: 'resolve', origin }), state: {} }),
    );
    await slack.until(() => slack.acks.length === 1);
    expect(slack.acks[0]).toMatchObject({ payload: {} });
    gate.resolve({ kind: 'refused', code: 'x', message: 'It is resolved already.' });
    await slack.until(() => slack.of('chat.postEphemeral').length === 1);
    await app.stop(1_000);

    expect(slack.of('chat.postEphemeral')[0]?.['text']).toBe('It is resolved already.');
  });

  it('says of a form that it cannot read that nothing was done', async () => {
    await using slack = await slackStandIn();
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver('interactive', submission({ private_metadata: '{"act":"explode"}', state: {} }));
    await slack.until(() => slack.of('chat.postMessage').length === 1 && slack.acks.length === 1);
    await app.stop(1_000);

    expect(slack.of('chat.postMessage')[0]?.['text']).toContain('Nothing was done');
    expect(asked).toEqual([]);
  });
});
