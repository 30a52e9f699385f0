import { createHmac } from 'node:crypto';
import { connect } from 'node:net';

import { describe, expect, it } from 'vitest';

import { createHttpConnection } from '#adapters/slack/http-connection.ts';
import { systemTime } from '#adapters/slack/time.ts';
import { freePort } from '#test/support/free-port.ts';

import { slashCommand } from './payloads.ts';
import { createQuietLog } from './quiet-log.ts';
import { createApp, createMemoryInbox } from './running-app.ts';
import { slackStandIn } from './slack-stand-in.ts';

const SECRET = '0123456789abcdef0123456789abcdef';
const OLD_SECRET = 'fedcba9876543210fedcba9876543210';

describe('slack app over HTTP', () => {
  it('takes a signed request, and the same request once only', async () => {
    await using slack = await slackStandIn();
    await using running = await startHttp(slack);
    const request = signed('status', slack.responseUrl);

    expect(await running.post(request)).toBe(200);
    expect(await running.post(request)).toBe(401);
    const { body, headers } = request;
    for (const end of ['=', '=x']) {
      const signature = headers['x-slack-signature'] + end;
      const again = { body, headers: { ...headers, 'x-slack-signature': signature } };
      expect(await running.post(again)).toBe(401);
    }
    await slack.until(() => slack.responded.length === 1);

    expect(running.asked).toHaveLength(1);
  });

  it.each([
    ['an old timestamp', { age: 301 }],
    ['a timestamp from the future', { age: -301 }],
    ['a wrong secret', { secret: 'x'.repeat(32) }],
  ])('refuses %s', async (_what, how) => {
    await using slack = await slackStandIn();
    await using running = await startHttp(slack);

    expect(await running.post(signed('status', slack.responseUrl, how))).toBe(401);

    expect(running.asked).toEqual([]);
    expect(running.stored.size).toBe(0);
  });

  it('takes either of two secrets, while one replaces the other, and no request twice', async () => {
    await using slack = await slackStandIn();
    await using running = await startHttp(slack);
    const old = signed('resolve', slack.responseUrl, { secret: OLD_SECRET });

    expect(await running.post(signed('status', slack.responseUrl))).toBe(200);
    expect(await running.post(old)).toBe(200);
    expect(await running.post(old)).toBe(401);
    for (const age of [301, -301]) {
      expect(
        await running.post(signed('resolve', slack.responseUrl, { secret: OLD_SECRET, age })),
      ).toBe(401);
    }
    const { headers, body } = signed('status', slack.responseUrl, { secret: OLD_SECRET });
    expect(await running.post({ headers, body: `${body}&x=1` })).toBe(401);
  });

  it('takes nothing that is hidden behind a check of TLS, which needs no signature', async () => {
    await using slack = await slackStandIn();
    await using running = await startHttp(slack);
    const { headers, body } = signed('status', slack.responseUrl, { secret: 'x'.repeat(32) });
    const payload = encodeURIComponent(
      JSON.stringify({ type: 'block_actions', user: { id: 'U' } }),
    );

    for (const hidden of [`ssl_check=1&${body}`, `payload=${payload}&ssl_check=1`]) {
      expect(await running.post({ headers, body: hidden })).toBe(200);
    }
    expect(running.asked).toEqual([]);
    expect(running.stored.size).toBe(0);
  });

  it('takes a timestamp that is a little off in either direction', async () => {
    await using slack = await slackStandIn();
    await using running = await startHttp(slack);

    expect(await running.post(signed('status', slack.responseUrl, { age: 290 }))).toBe(200);
    expect(await running.post(signed('resolve', slack.responseUrl, { age: -290 }))).toBe(200);
  });

  it('refuses a request without a signature, and one that is too large', async () => {
    await using slack = await slackStandIn();
    await using running = await startHttp(slack);

    const { headers, body } = signed('status', slack.responseUrl);
    expect(await running.post({ headers: { ...headers, 'x-slack-signature': '' }, body })).toBe(
      401,
    );
    expect(await running.post(signed('x'.repeat(1_100_000), slack.responseUrl))).toBe(413);
    expect(running.asked).toEqual([]);
  });

  it('answers that it is out of order for now when it cannot store, so that Slack sends it again', async () => {
    await using slack = await slackStandIn();
    const { inbox } = createMemoryInbox();
    const broken = { ...inbox, store: () => Promise.reject(new Error('database is down')) };
    await using running = await startHttp(slack, { inbox: broken });

    expect(await running.post(signed('status', slack.responseUrl))).toBe(503);
  });

  it.each([
    ['headers', 'POST /slack/events HTTP/1.1\r\nhost: x\r\n'],
    ['a body', signedHead()],
    ['nothing at all', ''],
  ])('hangs up on whoever does not come to an end with %s', async (_what, begun) => {
    const port = await freePort();
    const connection = createHttpConnection({
      signingSecrets: [SECRET, OLD_SECRET],
      port,
      log: createQuietLog(),
      time: systemTime,
      limits: { headersTimeout: 200, requestTimeout: 300, connectionsCheckingInterval: 50 },
    });
    await connection.start();
    const closed = Promise.withResolvers<void>();
    const socket = connect(port, '127.0.0.1', () => socket.write(begun));
    socket.on('error', () => {}).on('close', () => closed.resolve());
    socket.resume();
    await closed.promise;
    expect(socket.bytesWritten).toBe(begun.length);
    await connection.stop();
  });

  it.each(['', 'short', 'x'.repeat(31)])(
    'does not begin with the signing secret "%s"',
    async (signingSecret) => {
      await using slack = await slackStandIn();

      expect(() =>
        createApp(slack, {
          connection: { mode: 'http', signingSecrets: [SECRET, signingSecret], port: 0 },
        }),
      ).toThrow('signing secret');
    },
  );
});

/** A request whose body is still to come. */
function signedHead(): string {
  const headers = Object.entries(signed('status', 'http://127.0.0.1/').headers);
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n${lines.join('')}\r\nx`;
}

async function startHttp(slack: { apiUrl: string }, given: Parameters<typeof createApp>[1] = {}) {
  const port = await freePort();
  const running = createApp(slack, {
    connection: { mode: 'http', signingSecrets: [SECRET, OLD_SECRET], port },
    ...given,
  });
  await running.app.start();

  return {
    ...running,
    async post({ headers, body }: ReturnType<typeof signed>): Promise<number> {
      const response = await fetch(`http://127.0.0.1:${port}/slack/events`, {
        method: 'POST',
        headers,
        body,
      });
      await response.arrayBuffer();
      return response.status;
    },
    [Symbol.asyncDispose]: () => running.app.stop(1_000),
  };
}

function signed(text: string, responseUrl: string, how: { age?: number; secret?: string } = {}) {
  const timestamp = String(Math.floor(Date.now() / 1000) - (how.age ?? 0));
  const body = new URLSearchParams(slashCommand(text, responseUrl, { token: '' })).toString();
  const hmac = createHmac('sha256', how.secret ?? SECRET).update(`v0:${timestamp}:${body}`);
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hmac.digest('hex')}`,
    },
  };
}
