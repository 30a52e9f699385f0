import type { IncomingMessage, ServerResponse } from 'node:http';

import { describe, expect, it } from 'vitest';

import { serve } from '#test/support/serve.ts';

import { flagsAt, on, target } from './flags-at.ts';

const signal = new AbortController().signal;

describe('setting a flag over the HTTP contract', () => {
  it.each([
    ['a 503', (response: ServerResponse) => void response.writeHead(503).end()],
    ['a 500 with a page', (response: ServerResponse) => void response.writeHead(500).end('<html>')],
    ['a hang-up', (response: ServerResponse) => void response.destroy()],
    ['an answer that is no JSON', (response: ServerResponse) => void response.end('done!')],
    ['half an answer', (response: ServerResponse) => void response.end('{"flag": "gat')],
    ['a huge answer', (response: ServerResponse) => void response.end('x'.repeat(2_000_000))],
  ])('is unknown after %s, and asked only once', async (_name, misbehave) => {
    let asked = 0;
    await using server = await serve((_request, response) => {
      asked += 1;
      misbehave(response);
    });

    await expect(flagsAt('http', server.url).set(target, on, signal)).rejects.toMatchObject({
      code: 'flags.unknown',
      retry: true,
    });
    expect(asked).toBe(1);
  });

  it.each([400, 401, 403, 404, 409, 422])(
    'is refused by a %i, in the words of the API',
    async (status) => {
      await using server = await serve((_request, response) => {
        response.writeHead(status).end(JSON.stringify({ code: 'refused', message: 'Not now' }));
      });

      expect(await flagsAt('http', server.url).set(target, on, signal)).toEqual({
        kind: 'refused',
        message: `The flags' API answered ${status}: Not now`,
      });
    },
  );

  it('carries the key, and names encoded for a path', async () => {
    const seen: Pick<IncomingMessage, 'url' | 'headers'>[] = [];
    await using server = await serve(({ url, headers }, response) => {
      seen.push({ url, headers });
      response.end(JSON.stringify({ flag: 'a/b', value: true, previous: false }));
    });

    await flagsAt('http', server.url).set({ ...target, flag: 'a/b' }, on, signal);

    expect(seen).toMatchObject([
      {
        url: '/v1/services/checkout/environments/production/flags/a%2Fb',
        headers: { 'idempotency-key': on.key },
      },
    ]);
  });

  it('says which connection is not usable', async () => {
    const elsewhere = { ...target, connection: 'elsewhere' };

    await expect(flagsAt('http', 'http://127.0.0.1:1').read(elsewhere, signal)).rejects.toThrow(
      'elsewhere needs a url and one of the types http, unleash, openfeature',
    );
  });
});
