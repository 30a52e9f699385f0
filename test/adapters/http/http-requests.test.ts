import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

import { describe, expect, it } from 'vitest';

import { createHttpRequests } from '#adapters/http/http-requests.ts';
import { createOutbound } from '#adapters/outbound/outbound.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import type { JsonObject } from '#domain/json.ts';
import { serve } from '#test/support/serve.ts';

const signal = new AbortController().signal;
const token = 's3cret-t0ken';

describe('a request that writes', () => {
  it('carries its body, its key and the credentials of its connection', async () => {
    const seen: { headers: IncomingMessage['headers']; method?: string; body: string }[] = [];
    const take = async (request: IncomingMessage, response: ServerResponse) => {
      const { headers, method = '' } = request;
      seen.push({ headers, method, body: await text(request) });
      response.writeHead(201).end('{"id": 7}');
    };
    await using server = await serve((request, response) => void take(request, response));

    const answer = await requestsAt(server.url).send('hook', write(server.url), signal);

    expect(answer).toEqual({ kind: 'answered', status: 201, body: { id: 7 } });
    expect(seen).toMatchObject([
      {
        method: 'POST',
        body: '{"card":"4111"}',
        headers: {
          authorization: `Bearer ${token}`,
          'idempotency-key': 'run-1/tell/1',
          'content-type': 'application/json',
        },
      },
    ]);
  });

  it.each([
    ['a bearer token', { token: '${{ secrets.TOKEN }}' }, { authorization: `Bearer ${token}` }],
    [
      'user and password',
      { user: 'bot', password: '${{ secrets.TOKEN }}' },
      { authorization: `Basic ${Buffer.from(`bot:${token}`).toString('base64')}` },
    ],
    ['headers', { headers: { 'X-Key': '${{ secrets.TOKEN }}' } }, { 'x-key': token }],
  ])('lets itself in by %s', async (_name, options, headers) => {
    const { server, seen } = await listening();
    await using _ = server;

    await requestsAt(server.url, options).send('hook', write(server.url), signal);

    expect(seen[0]).toMatchObject(headers);
  });

  it('takes no credentials to another origin', async () => {
    const { server, seen } = await listening();
    await using _ = server;

    await requestsAt('http://127.0.0.1:1').send('hook', write(server.url), signal);
    await requestsAt(server.url).send(null, write(server.url), signal);

    expect(seen.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
  });

  it('does not follow a redirect, which might do it twice or elsewhere', async () => {
    let requests = 0;
    await using server = await serve((_request, response) => {
      requests += 1;
      response.writeHead(307, { location: '/again' }).end();
    });

    const answer = await requestsAt(server.url).send('hook', write(server.url), signal);

    expect(answer).toMatchObject({ kind: 'answered', status: 307 });
    expect(requests).toBe(1);
  });

  it.each<[string, RequestListener]>([
    ['a hang-up', (_request, response) => response.destroy()],
    ['half an answer', (_request, response) => halfAnAnswer(response)],
  ])('is unknown after %s, and asked only once', async (_name, misbehave) => {
    let requests = 0;
    await using server = await serve((request, response) => {
      requests += 1;
      misbehave(request, response);
    });

    await expect(
      requestsAt(server.url).send('hook', write(server.url), signal),
    ).rejects.toMatchObject({ code: 'http.unknown', retry: true });
    expect(requests).toBe(1);
  });

  it('is known not to have left when nobody listens', async () => {
    const { url } = await closedServer();

    expect(await requestsAt(url).send('hook', write(url), signal)).toEqual({
      kind: 'notSent',
      message: 'The connection was refused (ECONNREFUSED)',
    });
  });

  it('shows no secret that the answer repeats, and no more than 4 KiB of it', async () => {
    await using server = await serve((request, response) => {
      response.end(`${request.headers.authorization} ${'é'.repeat(5_000)}`);
    });

    const answer = await requestsAt(server.url).send('hook', write(server.url), signal);

    const body = answer.kind === 'answered' && typeof answer.body === 'string' ? answer.body : '';
    expect(body).toMatch(/é$/);
    expect(body).not.toContain(token);
    expect(Buffer.byteLength(body)).toBeGreaterThan(4_000);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4_096);
  });

  it('gives up when its caller does', async () => {
    await using server = await serve(() => {});
    const reason = new Error('the time is over');

    await expect(
      requestsAt(server.url).send('hook', write(server.url), AbortSignal.abort(reason)),
    ).rejects.toBe(reason);
  });
});

function write(url: string) {
  return { url: `${url}/hooks`, method: 'POST', body: { card: '4111' }, key: 'run-1/tell/1' };
}

function requestsAt(url: string, options: JsonObject = { token: '${{ secrets.TOKEN }}' }) {
  return createHttpRequests({
    outbound: createOutbound({
      settings: () => ({ allow: ['127.0.0.1'], hosts: {}, nameServers: [], ca: null }),
    }),
    secrets: createSecrets({ env: { TOKEN: token } }),
    connections: () => ({ hook: { type: 'http', url, drill: false, options } }),
  });
}

async function listening() {
  const seen: IncomingMessage['headers'][] = [];
  const server = await serve((request, response) => {
    seen.push(request.headers);
    response.end();
  });
  return { server, seen };
}

async function closedServer() {
  await using server = await serve(() => {});
  return { url: server.url };
}

function halfAnAnswer(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': 100 });
  response.write('{"id"', () => response.destroy());
}
