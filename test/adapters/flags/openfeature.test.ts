import { text } from 'node:stream/consumers';

import { describe, expect, it } from 'vitest';

import { serve } from '#test/support/serve.ts';

import { flagsAt, on, target } from './flags-at.ts';

const signal = new AbortController().signal;

describe('a connection of type openfeature', () => {
  it('evaluates a flag for the service and environment', async () => {
    const asked: unknown[] = [];
    await using server = await serve((request, response) => {
      void text(request).then((body) => asked.push([request.url, JSON.parse(body)]));
      response.end(
        JSON.stringify({ key: target.flag, value: 'b', reason: 'STATIC', variant: 'b' }),
      );
    });

    expect(await flagsAt('openfeature', server.url).read(target, signal)).toBe('b');
    expect(asked).toEqual([
      [
        '/ofrep/v1/evaluate/flags/gateway-a-off',
        {
          context: { targetingKey: 'checkout', service: 'checkout', environment: 'production' },
        },
      ],
    ]);
  });

  it.each([
    [404, { key: 'x', errorCode: 'FLAG_NOT_FOUND', errorDetails: 'no such flag' }, 'no such flag'],
    [400, { key: 'x', errorCode: 'PARSE_ERROR' }, 'no reason given'],
    [200, { key: 'x', reason: 'DISABLED' }, 'default'],
  ])('has no value after a %i with %j', async (status, body, why) => {
    await using server = await serve((_request, response) => {
      response.writeHead(status).end(JSON.stringify(body));
    });

    const read = flagsAt('openfeature', server.url).read(target, signal);
    await expect(read).rejects.toMatchObject({ retry: false });
    await expect(read).rejects.toThrow(why);
  });

  it('sets nothing, and says what would', async () => {
    expect(await flagsAt('openfeature', 'http://127.0.0.1:1').set(target, on, signal)).toEqual({
      kind: 'refused',
      message: 'A connection of type openfeature reads flags; to set one, use unleash or http.',
    });
  });
});
