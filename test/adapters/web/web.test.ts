import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';

import { alertmanagerRoutes } from '#adapters/web/alert-webhook.ts';
import { metricsRoutes } from '#adapters/web/metrics.ts';
import { createWeb, type Web } from '#adapters/web/web.ts';
import type { AlertNotification } from '#domain/alert.ts';
import { silent } from '#test/support/database.ts';

const open: Web[] = [];

afterEach(async () => {
  for (const web of open.splice(0)) await web.close(0);
});

describe('health', () => {
  it('is alive and ready while the database answers', async () => {
    const web = await start();

    expect(await get(web, '/healthz')).toBe(200);
    expect(await get(web, '/readyz')).toBe(200);
  });

  it('is alive but not ready while the database is silent', async () => {
    const web = await start({ databaseAnswers: false });

    expect(await get(web, '/healthz')).toBe(200);
    expect(await get(web, '/readyz')).toBe(503);
  });

  it('is not ready once it drains, and still serves', async () => {
    const web = await start();

    web.drain();

    expect(await get(web, '/readyz')).toBe(503);
    expect((await send(web, await fixture())).status).toBe(200);
  });

  it('asks the database once for all who ask at one time', async () => {
    const asked = { now: 0, most: 0 };
    const ask = async <T>(answer: T): Promise<T> => {
      asked.now += 1;
      asked.most = Math.max(asked.most, asked.now);
      await wait(20);
      asked.now -= 1;
      return answer;
    };
    const exposition = () => ask({ contentType: 'text/plain', text: '' });
    const web = await createWeb({
      port: 0,
      routes: [metricsRoutes({ exposition })],
      databaseAnswers: async () => true,
      log: silent,
    });
    const health = await createWeb({
      port: 0,
      routes: [],
      databaseAnswers: () => ask(true),
      log: silent,
    });
    open.push(web, health);

    for (const [server, path] of [
      [web, '/metrics'],
      [health, '/readyz'],
    ] as const) {
      asked.most = 0;
      const all = Array.from({ length: 20 }, () => get(server, path));
      expect(new Set(await Promise.all(all))).toEqual(new Set([200]));
      expect(asked.most).toBe(1);
    }
  });

  it('knows no other addresses', async () => {
    expect(await get(await start(), '/')).toBe(404);
  });
});

describe('the webhook of Alertmanager', () => {
  it('answers 200 once the alert is recorded, and not before', async () => {
    const recorded = Promise.withResolvers<void>();
    const received: AlertNotification[] = [];
    const web = await start({
      receiveAlert: async (notification) => {
        received.push(notification);
        await recorded.promise;
      },
    });
    let answered = false;

    const answer = send(web, await fixture()).finally(() => {
      answered = true;
    });
    await expect.poll(() => received).toHaveLength(1);
    expect(answered).toBe(false);
    recorded.resolve();

    expect((await answer).status).toBe(200);
    expect(received).toMatchObject([{ labels: { alertname: 'CheckoutErrorRateHigh' } }]);
  });

  it('takes either of two tokens, while one replaces the other', async () => {
    const web = await start({ tokens: ['old', 'new'] });

    for (const token of ['old', 'new']) {
      expect((await send(web, await fixture(), { token })).status).toBe(200);
    }
  });

  it.each([
    ['a wrong token', 'Bearer wrong'],
    ['a token that only begins right', 'Bearer toke'],
    ['another scheme', 'Basic token'],
    ['no token', undefined],
    ['an empty token', 'Bearer '],
  ])('refuses %s without reading the body', async (_what, authorization) => {
    const web = await start({ tokens: ['token', ''] });

    const answer = await send(web, 'not even JSON', { authorization });

    expect(answer.status).toBe(401);
  });

  it('is not there without a token', async () => {
    const web = await start({ tokens: [''] });

    expect((await send(web, await fixture(), { authorization: 'Bearer ' })).status).toBe(404);
  });

  it('refuses a body that will never be right, with a reason, and records nothing', async () => {
    const received: unknown[] = [];
    const web = await start({
      receiveAlert: async (notification) => {
        received.push(notification);
      },
    });

    expect(await send(web, '{"version":"4"}')).toEqual({
      status: 400,
      body: { error: expect.stringContaining('groupKey') },
      retryAfter: undefined,
    });
    expect(await send(web, '{')).toMatchObject({ status: 400 });
    expect(received).toEqual([]);
  });

  it('asks for the alert again when it could not be recorded', async () => {
    const web = await start({ receiveAlert: () => Promise.reject(new Error('secret detail')) });

    expect(await send(web, await fixture())).toEqual({
      status: 503,
      body: { error: 'not recorded, send it again' },
      retryAfter: '5',
    });
  });

  it('asks for the alert again when recording takes too long', async () => {
    const web = await start({ receiveAlert: () => new Promise(() => {}), answerWithinMs: 20 });

    expect(await send(web, await fixture())).toMatchObject({ status: 503, retryAfter: '5' });
  });

  it.each([
    ['said to be', { 'content-length': String(2 ** 30) }, ''],
    [
      'sent in pieces as',
      { 'transfer-encoding': 'chunked' },
      `200000\r\n${'x'.repeat(2 ** 21)}\r\n`,
    ],
  ])(
    'refuses a body that is %s too large, before it has all of it',
    async (_how, headers, body) => {
      const web = await start();

      const answer = await raw(web, headers, body);

      expect(answer).toMatch(/^HTTP\/1.1 413 /);
    },
  );

  it('hangs up on a body that does not come', async () => {
    const web = await start({ requestTimeout: 100 });

    const answer = await raw(web, { 'content-length': '10' }, '{"a"');

    expect(answer).not.toContain('200 OK');
  });
});

describe('the web server', () => {
  it('lets a request end before it closes', async () => {
    const recorded = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const web = await start({
      receiveAlert: () => {
        begun.resolve();
        return recorded.promise;
      },
    });
    const answer = send(web, await fixture());
    await begun.promise;

    const closed = web.close(10_000);
    recorded.resolve();

    expect((await answer).status).toBe(200);
    await closed;
  });

  it('says so when its port is taken', async () => {
    const web = await start();
    const port = Number(new URL(web.url).port);

    await expect(
      createWeb({ port, routes: [], databaseAnswers: () => Promise.resolve(true), log: silent }),
    ).rejects.toThrow(`Port ${port} on 127.0.0.1 can't be listened on.`);
  });
});

async function start(
  given: {
    tokens?: readonly string[];
    receiveAlert?: (notification: AlertNotification) => Promise<void>;
    answerWithinMs?: number;
    databaseAnswers?: boolean;
    requestTimeout?: number;
  } = {},
): Promise<Web> {
  const { tokens = ['token'], receiveAlert = () => Promise.resolve() } = given;
  const { answerWithinMs = 5_000, databaseAnswers = true, requestTimeout = 20_000 } = given;
  const web = await createWeb({
    port: 0,
    routes: [alertmanagerRoutes({ tokens, receiveAlert, answerWithinMs, log: silent })],
    databaseAnswers: () => Promise.resolve(databaseAnswers),
    log: silent,
    limits: { requestTimeout, headersTimeout: requestTimeout, connectionsCheckingInterval: 20 },
  });
  open.push(web);
  return web;
}

async function get(web: Web, path: string): Promise<number> {
  const { statusCode, body } = await request(web.url + path);
  await body.dump();
  return statusCode;
}

async function send(
  web: Web,
  body: string,
  given: { token?: string; authorization?: string | undefined } = {},
): Promise<{ status: number; body: unknown; retryAfter: unknown }> {
  const authorization =
    'authorization' in given ? given.authorization : `Bearer ${given.token ?? 'token'}`;
  const answer = await request(`${web.url}/webhooks/alertmanager`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      ...(authorization !== undefined && { authorization }),
    },
  });
  return {
    status: answer.statusCode,
    body: await answer.body.json(),
    retryAfter: answer.headers['retry-after'],
  };
}

/** Sends what it is told, and answers with all that came back until the server hung up. */
async function raw(web: Web, headers: Record<string, string>, body: string): Promise<string> {
  const { hostname, port } = new URL(web.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  let answer = '';
  socket.on('data', (bytes) => {
    answer += bytes.toString();
  });
  const head = { host: hostname, authorization: 'Bearer token', ...headers };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST /webhooks/alertmanager HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  await once(socket, 'close');
  return answer;
}

function fixture(): Promise<string> {
  return readFile(new URL('../../fixtures/alertmanager/0.25-firing.json', import.meta.url), 'utf8');
}
