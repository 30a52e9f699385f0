import { describe, expect, it } from 'vitest';

import type { Rank } from '#adapters/slack/budget.ts';
import { type CallOptions, createGateway } from '#adapters/slack/gateway.ts';
import { systemTime, type Time } from '#adapters/slack/time.ts';
import { PortError } from '#ports/port-error.ts';

import { createManualTime } from './manual-time.ts';
import { createQuietLog } from './quiet-log.ts';
import { slackStandIn } from './slack-stand-in.ts';

const TOKEN = 'xoxb-secret-token';

describe('slack gateway', () => {
  it("says in Slack's own word why a call was refused, and that a repeat is no use", async () => {
    await using slack = await slackStandIn({
      'chat.update': () => ({ ok: false, error: 'message_not_found' }),
    });

    const failure = await failureOf(gatewayTo(slack.apiUrl).call('chat.update', { channel: 'C1' }));

    expect(failure).toMatchObject({ code: 'message_not_found', retry: false });
    expect(slack.of('chat.update')).toHaveLength(1);
  });

  it('asks again for what may be done twice, and tells the caller to come back after the third time', async () => {
    await using slack = await slackStandIn({
      'users.info': () => ({ ok: false, error: 'internal_error' }),
    });

    const failure = await failureOf(gatewayTo(slack.apiUrl).call('users.info', { user: 'U1' }));

    expect(failure).toMatchObject({ code: 'internal_error', retry: true });
    expect(slack.of('users.info')).toHaveLength(3);
  });

  it('sends a post once, even when the answer was lost', async () => {
    await using slack = await slackStandIn({
      'chat.postMessage': (_args, response) => {
        response.destroy();
        return undefined;
      },
    });

    const failure = await failureOf(
      gatewayTo(slack.apiUrl).call('chat.postMessage', { channel: 'C1' }),
    );

    expect(failure.retry).toBe(true);
    expect(slack.of('chat.postMessage')).toHaveLength(1);
  });

  it('waits as long as Slack asks, and meanwhile lets other methods through', async () => {
    let limited = true;
    await using slack = await slackStandIn({
      'chat.update': (_args, response) => {
        if (limited) response.writeHead(429, { 'retry-after': '7' }).end();
        limited = false;
        return { ok: true };
      },
    });
    const time = createManualTime();
    const gateway = gatewayTo(slack.apiUrl, time);

    const update = gateway.call('chat.update', { channel: 'C1' });
    await slack.until(() => slack.of('chat.update').length === 1);
    await gateway.call('users.info', { user: 'U1' });
    await time.advance(6_999);
    expect(slack.of('chat.update')).toHaveLength(1);
    await time.advance(1);

    await expect(update).resolves.toMatchObject({ ok: true });
  });

  it('posts twice to a channel, then about once a second, and to another one meanwhile', async () => {
    await using slack = await slackStandIn();
    const time = createManualTime();
    const gateway = gatewayTo(slack.apiUrl, time);
    const post = (channel: string) => gateway.call('chat.postMessage', { channel });

    const calls = ['C1', 'C1', 'C1'].map(post);
    await Promise.all([...calls.slice(0, 2), post('C2')]);
    expect(slack.calls).toHaveLength(3);

    await time.advance(2_599);
    expect(slack.calls).toHaveLength(3);
    await time.advance(1);
    await calls[2];
    expect(slack.calls).toHaveLength(4);
  });

  it('spreads progress over the minute, and keeps most updates for what is urgent', async () => {
    await using slack = await slackStandIn();
    const time = createManualTime();
    const gateway = gatewayTo(slack.apiUrl, time);
    const update = (options: CallOptions) =>
      gateway.call('chat.update', { channel: 'C1' }, options);

    const progress = Array.from({ length: 40 }, () => update({ rank: 'calm', withinMs: 60_000 }));
    const shown = Promise.allSettled(progress);
    await time.advance(0);
    await progress[0];
    await time.advance(1_999);
    expect(slack.of('chat.update')).toHaveLength(1);
    await time.advance(58_001);
    expect((await shown).filter(({ status }) => status === 'fulfilled')).toHaveLength(18);

    await Promise.all(Array.from({ length: 8 }, () => update({ rank: 'soon' })));
    const late = failureOf(update({ rank: 'soon', withinMs: 10 }));
    await time.advance(10);
    expect(await late).toMatchObject({ code: 'ratelimited' });
    await Promise.all(Array.from({ length: 22 }, () => update({ rank: 'now' })));
    expect(slack.of('chat.update')).toHaveLength(48);
  });

  it('lets what is urgent go first', async () => {
    await using slack = await slackStandIn();
    const time = createManualTime();
    const gateway = gatewayTo(slack.apiUrl, time);
    const post = (text: string, rank: Rank) =>
      gateway.call('chat.postMessage', { channel: 'C1', text }, { rank });
    await Promise.all(['1', '2'].map((text) => post(text, 'calm')));

    const later = [post('calm', 'calm'), post('soon', 'soon'), post('now', 'now')];
    await time.advance(6_000);
    await Promise.all(later);

    const texts = slack.of('chat.postMessage').map((args) => args['text']);
    expect(texts.slice(2)).toEqual(['now', 'soon', 'calm']);
  });

  it('gives up in time when there is no turn, and keeps no place in the queue', async () => {
    await using slack = await slackStandIn();
    const time = createManualTime();
    const gateway = gatewayTo(slack.apiUrl, time);
    const post = (withinMs: number) =>
      gateway.call('chat.postMessage', { channel: 'C1' }, { withinMs });
    await Promise.all([post(1), post(1)]);

    const late = failureOf(post(500));
    await time.advance(500);
    expect(await late).toMatchObject({ code: 'ratelimited', retry: true });

    await time.advance(60_000);
    expect(slack.calls).toHaveLength(2);
  });

  it('goes on counting alone while what counts for all replicas gives no answer', async () => {
    await using slack = await slackStandIn();
    const time = createManualTime();
    const silent = { take: () => new Promise<never>(() => {}), pause: async () => {} };
    const log = createQuietLog();
    const gateway = createGateway({
      token: TOKEN,
      slackApiUrl: slack.apiUrl,
      time,
      log,
      budget: silent,
    });

    const post = gateway.call('views.open', { trigger_id: '1' }, { rank: 'now', withinMs: 2_500 });
    await time.advance(400);

    await expect(post).resolves.toMatchObject({ ok: true });
    expect(JSON.stringify(log.lines)).toContain('could not be counted together');
  });

  it('shows neither the token nor what a broken server said', async () => {
    await using slack = await slackStandIn({
      'chat.postMessage': (_args, response) => {
        response.writeHead(500).end(`stack trace with ${TOKEN}`);
        return undefined;
      },
    });
    const log = createQuietLog();
    const gateway = createGateway({ token: TOKEN, slackApiUrl: slack.apiUrl, log });

    const failure = await failureOf(gateway.call('chat.postMessage', { channel: 'C1' }));

    expect(failure).toMatchObject({ code: 'http_500', retry: true });
    expect(JSON.stringify([failure, failure.message, log.lines])).not.toContain('secret');
    expect(failure.cause).toBeUndefined();
  });

  it('names what kept it from Slack when nobody listens there', async () => {
    const gone = await slackStandIn();
    await gone[Symbol.asyncDispose]();
    const gateway = gatewayTo(gone.apiUrl);

    expect(await failureOf(gateway.call('chat.postMessage', { channel: 'C1' }))).toMatchObject({
      code: 'ECONNREFUSED',
      retry: true,
    });
  });
});

function gatewayTo(slackApiUrl: string, time: Time = systemTime) {
  return createGateway({ token: TOKEN, slackApiUrl, time, log: createQuietLog() });
}

async function failureOf(call: Promise<unknown>): Promise<PortError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof PortError) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}
