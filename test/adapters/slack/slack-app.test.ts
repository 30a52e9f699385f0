import { describe, expect, it } from 'vitest';

import type { Reply } from '#app/use-cases.ts';
import { PortError } from '#ports/port-error.ts';
import { buttonPress, slashCommand } from '#test/adapters/slack/payloads.ts';
import { createApp } from '#test/adapters/slack/running-app.ts';
import { slackStandIn } from '#test/adapters/slack/slack-stand-in.ts';

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
    expect(slack.responded[0]).toMatchObject({ text: 'Got it. This takes a moment.' });

    gate.resolve({ kind: 'refused', code: 'x', message: 'Ben was first.' });
    await slack.until(() => slack.responded.length === 2);
    expect(slack.responded[1]).toMatchObject({ text: 'Ben was first.' });
    await app.stop(1_000);
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

  it('begins although Slack is silent, and connects when it answers', async () => {
    let silent = true;
    await using slack = await slackStandIn({
      'auth.test': (_args, response) => {
        if (!silent) return { ok: true, user_id: 'U0BOT', bot_id: 'B0BOT' };
        response.destroy();
        return undefined;
      },
    });
    const { app, asked } = createApp(slack);

    expect(await app.start()).toBe('silent');
    expect(slack.sockets).toEqual([]);
    silent = false;
    await slack.until(() => slack.sockets.length === 2);
    slack.deliver('slash_commands', slashCommand('status', slack.responseUrl));
    await slack.until(() => slack.responded.length === 1);

    expect(asked).toHaveLength(1);
    await app.stop(1_000);
  });

  it('can be stopped while Slack is silent', async () => {
    await using slack = await slackStandIn({
      'auth.test': (_args, response) => {
        response.destroy();
        return undefined;
      },
    });
    const { app } = createApp(slack);
    await app.start();

    await app.stop(1_000);
    const asked = slack.of('auth.test').length;
    await new Promise((resolve) => setTimeout(resolve, 1_500));

    expect(slack.of('auth.test')).toHaveLength(asked);
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
