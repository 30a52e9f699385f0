import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';

import { alertmanagerRoutes, pagerDutyRoutes } from '#adapters/web/alert-webhook.ts';
import { createBudget } from '#adapters/web/body.ts';
import { createWeb, type Web } from '#adapters/web/web.ts';
import { webhookRoutes } from '#adapters/web/webhook.ts';
import type { AlertNotification } from '#domain/alert.ts';
import { silent } from '#test/support/database.ts';

const open: Web[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const web of open.splice(0)) await web.close(0);
});

const triggered = readFileSync(new URL('../../fixtures/pagerduty/triggered.json', import.meta.url));

describe('the webhook of PagerDuty', () => {
  it('takes a body under one of its signatures and one of our secrets, and no other', async () => {
    const { post, received } = await pagerDuty(['old', 'new']);
    const stranger = sign(triggered, 'stranger');

    expect(await post(triggered, sign(triggered, 'old'))).toBe(200);
    expect(await post(triggered, `${stranger}, ${sign(triggered, 'new')}`)).toBe(200);
    expect(await post(triggered, `${sign(triggered, 'new')},v2=later`)).toBe(200);
    expect(received).toHaveLength(3);

    for (const signature of [
      stranger,
      '',
      'v1=',
      `v1=${'0'.repeat(64)}`,
      sign(triggered, 'new').replace('v1', 'v0'),
      sign(triggered, 'new').slice(0, -2),
      sign(Buffer.from(`${triggered.toString()} `), 'new'),
      undefined,
    ]) {
      expect(await post(triggered, signature)).toBe(401);
    }
    expect(received).toHaveLength(3);
  });

  it('verifies the bytes that came: what is no text is refused as such, and not as unsigned', async () => {
    const { post, received } = await pagerDuty(['s']);
    const noText = Buffer.concat([triggered.subarray(0, 40), Buffer.from([0xff, 0xfe]), triggered]);

    expect(await post(noText, sign(noText, 's'))).toBe(400);
    expect(await post(Buffer.from([0xff]), sign(Buffer.from('\ufffd'), 's'))).toBe(401);
    expect(await post(Buffer.from('{}'), sign(Buffer.from('{}'), 's'))).toBe(400);
    expect(received).toEqual([]);
  });

  it('passes over what tells of no incident', async () => {
    const { post, received } = await pagerDuty(['s']);
    const ping = readFileSync(new URL('../../fixtures/pagerduty/ping.json', import.meta.url));

    expect(await post(ping, sign(ping, 's'))).toBe(200);
    expect(received).toEqual([]);
  });

  it('is not there without a secret', async () => {
    const { post } = await pagerDuty(['']);
    expect(await post(triggered, sign(triggered, ''))).toBe(404);
  });
});

describe('what strangers may make us hold', () => {
  it('is limited for all of them together: the next is asked to come again', async () => {
    const url = await serve([
      webhookRoutes(
        {
          path: '/hook',
          largest: { bytes: 1_000, words: '1 kB' },
          mayBe: () => true,
          proves: () => false,
          unproved: 'no',
          read: () => ({ ok: true, work: null }),
          answerWithinMs: 1_000,
          done: 200,
        },
        { log: silent, budget: createBudget(1_500) },
      ),
    ]);
    const slow = await dial(url);
    slow.write('POST /hook HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nx');
    const post = (body: string) => statusOf(url, '/hook', { body });

    await expect.poll(() => post('x'.repeat(800))).toBe(503);
    expect(await post('x'.repeat(100))).toBe(401);

    slow.destroy();
    await expect.poll(() => post('x'.repeat(800))).toBe(401);
  });

  it('keeps no other source out: strangers under the name of one hold what is that one’s', async () => {
    const url = await serve([alerts(), pagerDutyRoutes({ ...nothing, secrets: ['s'] })]);
    const signature = `x-pagerduty-signature: v1=${'0'.repeat(64)}`;
    const most = 64;
    for (let index = 0; index < most; index += 1) {
      const slow = await dial(url);
      slow.write(
        `POST /webhooks/pagerduty HTTP/1.1\r\nhost: x\r\n${signature}\r\ntransfer-encoding: chunked\r\n\r\n`,
      );
    }
    const headers = { 'x-pagerduty-signature': sign(triggered, 's') };
    await expect
      .poll(() => statusOf(url, '/webhooks/pagerduty', { body: triggered, headers }))
      .toBe(503);

    const body = readFileSync(
      new URL('../../fixtures/alertmanager/0.28-group-firing.json', import.meta.url),
    );
    const bearer = { authorization: 'Bearer t' };
    expect(await statusOf(url, '/webhooks/alertmanager', { body, headers: bearer })).toBe(200);
  });

  it('is no fault of ours when somebody hangs up in the middle of a body', async () => {
    const answers: number[] = [];
    const errors: unknown[] = [];
    const log = { ...silent, error: (facts: object) => errors.push(facts) };
    const web = await createWeb({
      port: 0,
      routes: [alertmanagerRoutes({ ...nothing, tokens: ['t'], log })],
      databaseAnswers: async () => true,
      log,
      onAnswer: ({ status }) => answers.push(status),
    });
    open.push(web);
    for (const begun of [
      'content-length: 100\r\n\r\n{',
      'transfer-encoding: chunked\r\n\r\nzz\r\n',
    ]) {
      const socket = await dial(web.url);
      socket.write(
        `POST /webhooks/alertmanager HTTP/1.1\r\nhost: x\r\nauthorization: Bearer t\r\n${begun}`,
        () => socket.destroy(),
      );
    }
    await expect.poll(() => answers).toEqual([400, 400]);
    expect(errors).toEqual([]);
  });

  it('is limited whatever a length says, and packed bodies are not unpacked', async () => {
    const url = await serve([alerts()]);
    const send = async (headers: string, body: string) => {
      const socket = await dial(url);
      const answer = heard(socket);
      socket.write(
        `POST /webhooks/alertmanager HTTP/1.1\r\nhost: x\r\nauthorization: Bearer t\r\n${headers}\r\n\r\n${body}`,
      );
      return /^HTTP\/1.1 (\d+)/.exec(await answer)?.[1];
    };
    const close = 'connection: close\r\n';
    expect(await send(`${close}content-length: 2`, `{}${'x'.repeat(2_000_000)}`)).toBe('400');
    expect(await send(`content-length: ${2 ** 53}`, '')).toBe('413');
    expect(await send('transfer-encoding: chunked', `fffffff\r\n${'x'.repeat(2 ** 21)}`)).toBe(
      '413',
    );
    const bomb = gzipSync(Buffer.alloc(50_000_000)).toString('latin1');
    const packed = `${close}content-encoding: gzip\r\ncontent-length: ${Buffer.byteLength(bomb)}`;
    expect(await send(packed, bomb)).toBe('400');
  });

  it.each<[string, (socket: Socket) => void]>([
    [
      'headers that do not end',
      (socket) => drip(socket, 'POST / HTTP/1.1\r\nhost: x\r\n', 'a: b\r\n'),
    ],
    [
      'a body that does not end',
      (socket) =>
        drip(
          socket,
          'POST /webhooks/alertmanager HTTP/1.1\r\nhost: x\r\nauthorization: Bearer t\r\ncontent-length: 9000\r\n\r\n',
          'x',
        ),
    ],
    ['nothing at all', () => {}],
  ])('ends after a time: %s', async (_what, send) => {
    const url = await serve([alerts()], {
      headersTimeout: 200,
      requestTimeout: 300,
      connectionsCheckingInterval: 50,
    });
    const socket = await dial(url);
    const closed = Promise.withResolvers<void>();
    socket.on('close', () => closed.resolve());
    socket.resume();
    send(socket);
    await closed.promise;
    expect(await statusOf(url, '/healthz', { method: 'GET' })).toBe(200);
  });

  it.each([
    ['a header as long as a book', `a: ${'x'.repeat(20_000)}\r\n`],
    ['headers as many as words in it', 'a: b\r\n'.repeat(5_000)],
  ])('has no room for %s', async (_what, headers) => {
    const url = await serve([alerts()]);
    const socket = await dial(url);
    const answer = heard(socket);
    socket.write(`GET /healthz HTTP/1.1\r\nhost: x\r\n${headers}\r\n`);
    expect(await answer).toMatch(/^HTTP\/1.1 431 /);
  });

  it('is a request that means one thing: two lengths, or a length and chunks, are refused', async () => {
    const url = await serve([alerts()]);
    for (const headers of [
      'content-length: 4\r\ncontent-length: 5\r\n',
      'content-length: 4\r\ntransfer-encoding: chunked\r\n',
      'transfer-encoding: chunked, identity\r\n',
      'content-length: +4\r\n',
    ]) {
      const socket = await dial(url);
      const answer = heard(socket);
      socket.end(
        `POST /webhooks/alertmanager HTTP/1.1\r\nhost: x\r\nauthorization: Bearer t\r\n${headers}\r\nGET /`,
      );
      expect(await answer).toMatch(/^HTTP\/1.1 400 /);
    }
  });
});

const nothing = { receiveAlert: async () => {}, log: silent };

function alerts() {
  return alertmanagerRoutes({ ...nothing, tokens: ['t'] });
}

async function pagerDuty(secrets: readonly string[]) {
  const received: AlertNotification[] = [];
  const url = await serve([
    pagerDutyRoutes({
      secrets,
      receiveAlert: async (notification) => {
        received.push(notification);
      },
      log: silent,
    }),
  ]);
  return {
    received,
    post: (body: Buffer, signature: string | undefined) =>
      statusOf(url, '/webhooks/pagerduty', {
        body,
        headers: signature === undefined ? {} : { 'x-pagerduty-signature': signature },
      }),
  };
}

function sign(body: Buffer, secret: string): string {
  return `v1=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

async function serve(
  routes: Parameters<typeof createWeb>[0]['routes'],
  limits: Parameters<typeof createWeb>[0]['limits'] = {},
): Promise<string> {
  const web = await createWeb({
    port: 0,
    routes,
    limits,
    databaseAnswers: async () => true,
    log: silent,
  });
  open.push(web);
  return web.url;
}

async function statusOf(
  url: string,
  path: string,
  given: { method?: 'GET'; body?: string | Buffer; headers?: Record<string, string> },
): Promise<number> {
  const answer = await request(url + path, { method: 'POST', ...given });
  await answer.body.dump();
  return answer.statusCode;
}

async function dial(url: string): Promise<Socket> {
  const connected = Promise.withResolvers<void>();
  const socket = connect(Number(new URL(url).port), '127.0.0.1', connected.resolve);
  socket.on('error', () => {});
  sockets.push(socket);
  await connected.promise;
  return socket;
}

function heard(socket: Socket): Promise<string> {
  const answer = Promise.withResolvers<string>();
  let text = '';
  socket.on('data', (data) => (text += String(data)));
  socket.on('close', () => answer.resolve(text));
  return answer.promise;
}

function drip(socket: Socket, first: string, next: string): void {
  socket.write(first);
  const timer = setInterval(() => socket.write(next), 20);
  socket.on('close', () => clearInterval(timer));
}
