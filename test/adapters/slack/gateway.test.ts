import { describe, expect, it } from 'vitest';

import { createGateway } from '#adapters/slack/gateway.ts';
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

  it('posts to a channel about once a second, and to another one at the same time', async () => {
    await using slack = await slackStandIn();
    const time = createManualTime();
    const gateway = gatewayTo(slack.apiUrl, time);

    const calls = ['C1', 'C1', 'C1', 'C2'].map((channel) =>
      gateway.call('chat.postMessage', { channel }),
    );
    await Promise.all([calls[0], calls[1], calls[3]]);
    expect(slack.of('chat.postMessage').map((args) => args['channel'])).toEqual(
      expect.arrayContaining(['C1', 'C1', 'C2']),
    );
    expect(slack.calls).toHaveLength(3);

    await time.advance(1_000);
    await calls[2];
    expect(slack.calls).toHaveLength(4);
  });

  it('keeps turns of updates for what is urgent, however much progress there is', async () => {
    await using slack = await slackStandIn();
    const time = createManualTime();
    const gateway = gatewayTo(slack.apiUrl, time);
    const update = (options: { urgent?: boolean; withinMs?: number }) =>
      gateway.call('chat.update', { channel: 'C1' }, options);

    const progress = Promise.allSettled(
      Array.from({ length: 10 }, () => update({ withinMs: 100 })),
    );
    await Promise.all(Array.from({ length: 5 }, () => update({ urgent: true })));
    await time.advance(100);

    const shown = (await progress).map(({ status }) => status);
    expect(shown.filter((status) => status === 'fulfilled')).toHaveLength(5);
    expect(slack.of('chat.update')).toHaveLength(10);
  });

  it('lets what is urgent go first', async () => {
    await using slack = await slackStandIn();
    const time = createManualTime();
    const gateway = gatewayTo(slack.apiUrl, time);
    const post = (text: string, urgent: boolean) =>
      gateway.call('chat.postMessage', { channel: 'C1', text }, { urgent });
    await Promise.all([post('1', false), post('2', false)]);

    const calm = post('calm', false);
    const urgent = post('urgent', true);
    await time.advance(1_000);
    await urgent;
    await time.advance(1_000);
    await calm;

    expect(slack.of('chat.postMessage').map((args) => args['text'])).toEqual([
      '1',
      '2',
      'urgent',
      'calm',
    ]);
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
