import { describe, expect, it } from 'vitest';

import type { Reply } from '#app/use-cases.ts';
import { PortError } from '#ports/port-error.ts';

import {
  buttonPress,
  event,
  mention,
  messageShortcut,
  pushpin,
  slashCommand,
  submission,
} from './payloads.ts';
import { createApp, createMemoryInbox } from './running-app.ts';
import { slackStandIn } from './slack-stand-in.ts';

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
const users = {
  'users.info': ({ user = '' }) => ({
    ok: true,
    user: { id: user, name: user === 'U0BEN' ? 'ben' : 'ana', tz_offset: 3600 },
  }),
};

describe('slack app over Socket Mode', () => {
  it('holds two connections and answers a command on either', async () => {
    await using slack = await slackStandIn();
    const { app, asked } = createApp(slack);
    await app.start();

    expect(slack.sockets).toHaveLength(2);
    slack.deliver('slash_commands', slashCommand('status', slack.responseUrl), 0);
    slack.deliver('slash_commands', slashCommand('resolve', slack.responseUrl), 1);
    await slack.until(() => slack.responded.length === 2);

    expect(asked.map(({ name }) => name).toSorted()).toEqual(['incidentStatus', 'resolveIncident']);
    expect(slack.responded[0]).toMatchObject({ response_type: 'ephemeral' });
    await app.stop(1_000);
  });

  it('acknowledges before the use case has an answer', async () => {
    await using slack = await slackStandIn();
    const gate = Promise.withResolvers<Reply>();
    const { app } = createApp(slack, { replies: { incidentStatus: () => gate.promise } });
    await app.start();

    slack.deliver('slash_commands', slashCommand('status', slack.responseUrl));
    await slack.until(() => slack.acks.length === 1);
    expect(slack.responded).toEqual([]);

    gate.resolve({ kind: 'done', text: 'Open, SEV1' });
    await slack.until(() => slack.responded.length === 1);
    expect(slack.responded[0]).toMatchObject({ text: 'Open, SEV1' });
    await app.stop(1_000);
  });

  it('says that it is working when an answer takes longer than a person waits', async () => {
    await using slack = await slackStandIn();
    const gate = Promise.withResolvers<Reply>();
    const { app } = createApp(slack, { replies: { press: () => gate.promise } });
    await app.start();

    slack.deliver(
      'interactive',
      buttonPress({ action_id: 'control:0', value: 'c-1' }, slack.responseUrl),
    );
    await slack.until(() => slack.responded.length === 1);
    expect(slack.responded[0]).toMatchObject({ text: 'Working on it…' });

    gate.resolve({ kind: 'refused', code: 'x', message: 'Ben was first.' });
    await slack.until(() => slack.responded.length === 2);
    expect(slack.responded[1]).toMatchObject({ text: 'Ben was first.' });
    await app.stop(1_000);
  });

  it('does once what Slack sends more than once', async () => {
    await using slack = await slackStandIn(users);
    const { app, asked, done } = createApp(slack);
    await app.start();

    slack.deliver('events_api', event(mention('status'), 'Ev1'), 0);
    await slack.until(() => slack.acks.length === 1);
    slack.deliver('events_api', event(mention('status'), 'Ev2'), 1);
    await slack.until(() => slack.acks.length === 2 && slack.of('chat.postEphemeral').length === 1);
    await app.stop(1_000);

    expect(asked).toHaveLength(1);
    expect(done).toHaveLength(1);
  });

  it('stores a payload before it acknowledges it, and without its secret', async () => {
    await using slack = await slackStandIn();
    const gate = Promise.withResolvers<void>();
    const memory = createMemoryInbox();
    const inbox = {
      ...memory.inbox,
      async store(...entry: Parameters<typeof memory.inbox.store>) {
        await gate.promise;
        return memory.inbox.store(...entry);
      },
    };
    const { app } = createApp(slack, { inbox });
    await app.start();

    slack.deliver('slash_commands', slashCommand('status', slack.responseUrl));
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(slack.acks).toEqual([]);
    gate.resolve();
    await slack.until(() => slack.acks.length === 1);

    const [stored] = memory.stored.values();
    expect(stored?.kind).toBe('slash_command');
    expect(stored?.body).not.toHaveProperty('token');
    await app.stop(1_000);
  });

  it('acknowledges nothing that it could not store', async () => {
    await using slack = await slackStandIn();
    const { inbox } = createMemoryInbox();
    let stores = 0;
    const { app, asked } = createApp(slack, {
      inbox: {
        ...inbox,
        async store() {
          stores += 1;
          throw new Error('database is down');
        },
      },
    });
    await app.start();

    slack.deliver('events_api', event(mention('status')));
    slack.deliver('slash_commands', slashCommand('status', slack.responseUrl));
    await expect.poll(() => stores).toBe(2);
    await app.stop(1_000);

    expect(asked).toEqual([]);
    expect(slack.acks).toEqual([]);
  });

  it('deals at the start with what an earlier process has left', async () => {
    await using slack = await slackStandIn({
      ...users,
      'conversations.history': () => ({
        ok: true,
        messages: [{ ts: '1764000000.000100', user: 'U0BEN', text: 'we are down' }],
      }),
    });
    const memory = createMemoryInbox([{ key: 'k', kind: 'event_callback', body: event(pushpin) }]);
    const { app, asked } = createApp(slack, { inbox: memory.inbox });

    await app.start();
    await expect.poll(() => memory.done).toEqual(['k']);

    expect(asked).toMatchObject([
      { name: 'note', request: { text: 'we are down', at: '2025-11-24T16:00:00.000Z' } },
    ]);
    await app.stop(1_000);
  });

  it('leaves an event unfinished when it failed, so that the next start takes it up', async () => {
    await using slack = await slackStandIn({
      ...users,
      'conversations.history': () => ({
        ok: true,
        messages: [{ ts: '1764000000.000100', text: 'down' }],
      }),
    });
    const { app, asked, done, log } = createApp(slack, {
      replies: { note: () => Promise.reject(new Error('database is down')) },
    });
    await app.start();

    slack.deliver('events_api', event(pushpin));
    await expect.poll(() => asked.length).toBe(1);
    await app.stop(1_000);

    expect(done).toEqual([]);
    expect(log.lines.some(({ level }) => level === 'error')).toBe(true);
  });

  it('finishes before it stops, but not for longer than it is given', async () => {
    await using slack = await slackStandIn();
    const gate = Promise.withResolvers<Reply>();
    const { app, done } = createApp(slack, { replies: { incidentStatus: () => gate.promise } });
    await app.start();
    slack.deliver('slash_commands', slashCommand('status', slack.responseUrl));
    await slack.until(() => slack.acks.length === 1);

    const stopped = app.stop(2_000);
    gate.resolve({ kind: 'done', text: 'Open' });
    await stopped;

    expect(slack.responded).toHaveLength(1);
    expect(done).toHaveLength(1);
  });

  it('stops in time although something hangs', async () => {
    await using slack = await slackStandIn();
    const { app, log } = createApp(slack, {
      replies: { incidentStatus: () => new Promise(() => {}) },
    });
    await app.start();
    slack.deliver('slash_commands', slashCommand('status', slack.responseUrl));
    await slack.until(() => slack.acks.length === 1);

    await app.stop(20);

    expect(log.lines.map(({ message }) => message)).toContain(
      'stopped before everything was finished',
    );
  });

  it.each([
    ['auth.test', 'bad_bot_token', 'bot token'],
    ['apps.connections.open', 'bad_app_token', 'app-level token'],
  ])('says which token %s refused', async (method, code, words) => {
    await using slack = await slackStandIn({
      [method]: () => ({ ok: false, error: 'invalid_auth' }),
    });
    const { app } = createApp(slack);

    const failure = await app.start().catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(PortError);
    expect(failure).toMatchObject({ code, retry: false });
    expect(String(failure)).toContain(words);
  });

  it('does not begin with an app-level token of another kind', async () => {
    await using slack = await slackStandIn();

    expect(() =>
      createApp(slack, { connection: { mode: 'socket', appToken: 'xoxb-mixed-up' } }),
    ).toThrow('xapp-');
  });
});

describe('commands', () => {
  it.each([
    [
      'declare Checkout is down',
      'declareIncident',
      { origin, values: { title: 'Checkout is down' } },
    ],
    ['declare', 'declareIncident', { values: {} }],
    ['severity SEV2', 'setSeverity', { severity: 'SEV2' }],
    [
      'role commander <@U0BEN|ben>',
      'takeRole',
      { role: 'commander', person: { id: 'U0BEN', name: 'ben' } },
    ],
    ['role commander', 'takeRole', { role: 'commander', person: { id: 'U0ANA', name: 'ana' } }],
    ['note it is &lt;b&gt; gateway', 'note', { text: 'it is <b> gateway' }],
    ['RESOLVE', 'resolveIncident', {}],
  ])('/incident %s', async (text, name, request) => {
    await using slack = await slackStandIn(users);
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver('slash_commands', slashCommand(text, slack.responseUrl));
    await slack.until(() => slack.responded.length === 1);
    await app.stop(1_000);

    expect(asked).toMatchObject([
      { name, request: { by: { id: 'U0ANA', name: 'ana' }, ...request } },
    ]);
  });

  it.each([
    ['list', 'listRunbooks', {}],
    ['start checkout-bad-gateway-url', 'startRunbook', { runbook: 'checkout-bad-gateway-url' }],
    ['status', 'runStatus', {}],
    ['stop', 'stopRun', {}],
  ])('/runbook %s', async (text, name, request) => {
    await using slack = await slackStandIn();
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver('slash_commands', slashCommand(text, slack.responseUrl, { command: '/runbook' }));
    await slack.until(() => slack.responded.length === 1);
    await app.stop(1_000);

    expect(asked).toMatchObject([{ name, request }]);
  });

  it.each([
    ['/incident', '', 'Incidents'],
    ['/runbook', '', 'Runbooks'],
    ['/incident', 'explode', 'There is no "explode" here.'],
    ['/incident', 'note', 'A note needs a text.'],
    ['/runbook', 'start', 'Which runbook?'],
    ['/sev', 'status', 'Use /incident or /runbook instead.'],
  ])('%s %s is answered with what would be right', async (command, text, words) => {
    await using slack = await slackStandIn();
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver('slash_commands', slashCommand(text, slack.responseUrl, { command }));
    await slack.until(() => slack.responded.length === 1);
    await app.stop(1_000);

    expect(JSON.stringify(slack.responded[0])).toContain(JSON.stringify(words).slice(1, -1));
    expect(asked).toEqual([]);
  });

  it('tells the person who asked that we failed, with the reference that the log has', async () => {
    await using slack = await slackStandIn();
    const { app, log } = createApp(slack, {
      replies: { incidentStatus: () => Promise.reject(new Error('password=hunter2')) },
    });
    await app.start();

    slack.deliver('slash_commands', slashCommand('status', slack.responseUrl));
    await slack.until(() => slack.responded.length === 1);
    await app.stop(1_000);

    const reference = String(log.lines.find(({ level }) => level === 'error')?.fields['reference']);
    expect(JSON.stringify(slack.responded)).toContain(reference);
    expect(JSON.stringify(slack.responded)).not.toContain('hunter2');
  });

  it('answers in a direct message where the person cannot be whispered to', async () => {
    await using slack = await slackStandIn({
      ...users,
      'chat.postEphemeral': () => ({ ok: false, error: 'user_not_in_channel' }),
    });
    const { app } = createApp(slack);
    await app.start();

    slack.deliver('events_api', event(mention('status')));
    await slack.until(() => slack.of('chat.postMessage').length === 1);
    await app.stop(1_000);

    expect(slack.of('chat.postMessage')[0]).toMatchObject({ channel: 'U0ANA' });
  });
});

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

describe('the timeline', () => {
  it('notes by a mention in a thread at the time of the message', async () => {
    await using slack = await slackStandIn({
      ...users,
      'chat.getPermalink': () => ({ ok: true, permalink: 'https://x.slack.com/p1' }),
    });
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver('events_api', event(mention('note gateway &amp; DNS are fine')));
    await slack.until(() => slack.of('chat.postEphemeral').length === 1);
    await app.stop(1_000);

    expect(asked).toMatchObject([
      {
        name: 'note',
        request: {
          text: 'gateway & DNS are fine',
          at: '2025-11-24T16:00:00.000Z',
          origin: { channel: 'C1', message: '1764000000.000001' },
          source: {
            permalink: 'https://x.slack.com/p1',
            message: '1764000000.000200',
            author: { id: 'U0ANA' },
          },
        },
      },
    ]);
    expect(slack.of('chat.postEphemeral')[0]).toMatchObject({ thread_ts: '1764000000.000001' });
  });

  it('notes by the shortcut what somebody else wrote, as theirs', async () => {
    await using slack = await slackStandIn(users);
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver('interactive', messageShortcut(slack.responseUrl));
    await slack.until(() => slack.responded.length === 1);
    await app.stop(1_000);

    expect(asked).toMatchObject([
      {
        name: 'note',
        request: {
          by: { id: 'U0ANA' },
          text: 'error rate > 40%',
          at: '2025-11-24T16:00:00.000Z',
          source: { permalink: null, author: { id: 'U0BEN', name: 'ben' } },
        },
      },
    ]);
  });

  it('notes by the reaction a message that stands in a thread', async () => {
    await using slack = await slackStandIn({
      ...users,
      'conversations.history': () => ({ ok: true, messages: [] }),
      'conversations.replies': () => ({
        ok: true,
        messages: [
          { ts: '1.1', text: 'parent' },
          { ts: '1764000000.000100', text: 'in the thread' },
        ],
      }),
    });
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver('events_api', event({ ...pushpin, reaction: 'tada', event_ts: '1' }));
    slack.deliver('events_api', event(pushpin));
    await expect.poll(() => asked.length).toBe(1);
    await app.stop(1_000);

    expect(asked).toMatchObject([{ name: 'note', request: { text: 'in the thread' } }]);
  });
});
