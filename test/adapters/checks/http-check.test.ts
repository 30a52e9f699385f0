import { describe, expect, it } from 'vitest';

import { tookText } from '#adapters/checks/outcome.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import { serve } from '#test/support/serve.ts';

import { measure, resultOf } from './measure.ts';

describe('check.http', () => {
  it('measures status, timings, headers and JSON, in the shape of its kind', async () => {
    await using target = await serve((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"status": "ok"}'),
    );

    const result = resultOf(await measure('check.http', { url: target.url }));

    expect(kindOf('check.http')?.result.safeParse(result).error).toBeUndefined();
    expect(result).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(result['problems']).toBeUndefined();
  });

  it('says how long it took as people read it', async () => {
    await using target = await serve((_request, response) => response.end());
    const measured = await measure('check.http', { url: target.url });

    expect(measured).toMatchObject({
      summary: expect.stringMatching(/^answered 200 in [\d.]+ m?s$/),
    });
    expect([0, 240, 1_167].map(tookText)).toEqual(['1 ms', '240 ms', '1.17 s']);
  });

  it('sends what the step says, JSON as JSON', async () => {
    let seen = '';
    await using target = await serve((request, response) => {
      request.on('data', (chunk) => (seen += String(chunk)));
      request.on('end', () => response.end(`${request.method} ${request.headers['content-type']}`));
    });

    const result = resultOf(
      await measure('check.http', { url: target.url, method: 'POST', body: { test: true } }),
    );

    expect(result['body']).toBe('POST application/json');
    expect(seen).toBe('{"test":true}');
  });

  it('reports what of expect only the whole body can tell', async () => {
    await using target = await serve((_request, response) => response.end('{"orders": 0}'));
    const problems = async (expected: { bodyMatches?: string; json?: string }) =>
      resultOf(await measure('check.http', { url: target.url, expect: expected }))['problems'];

    expect(await problems({ bodyMatches: 'orders', json: 'body.orders == 0' })).toBeUndefined();
    expect(await problems({ bodyMatches: '^ok$', json: 'body.orders > 0' })).toEqual([
      'the body does not match ^ok$',
      'not body.orders > 0',
    ]);
  });

  it('learns nothing from an expression that fails on a healthy answer', async () => {
    await using healthy = await serve((_request, response) => response.end('{}'));
    await using broken = await serve((_request, response) => response.writeHead(500).end('{}'));
    const expected = { json: 'body.orders.open > 0' };

    expect(await measure('check.http', { url: healthy.url, expect: expected })).toMatchObject({
      kind: 'unavailable',
      retry: false,
    });
    expect(await measure('check.http', { url: broken.url, expect: expected })).toMatchObject({
      kind: 'measured',
    });
  });

  it('keeps 4 KiB of a body that is no JSON, and no credential', async () => {
    await using target = await serve((_request, response) => {
      response.writeHead(200, { 'set-cookie': 'session=abc', 'x-echo': 'hunter2hunter2' });
      response.end(`token hunter2hunter2 \0 ${'é'.repeat(9_000)}`);
    });

    const result = resultOf(
      await measure('check.http', { url: target.url }, { secret: 'hunter2hunter2' }),
    );

    const { body } = result;
    if (typeof body !== 'string') throw new Error('the body is no text');
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4_096);
    expect(result['headers']).toMatchObject({ 'set-cookie': '[secret]', 'x-echo': '[secret]' });
    expect(JSON.stringify(result)).not.toMatch(/hunter2|session=abc|\\u0000/);
  });

  it.each(['['.repeat(10_000) + ']'.repeat(10_000), '{"a": 1e999, "b": "\\ud800\\u0000"}'])(
    'stores nothing that cannot be stored: %#',
    async (body) => {
      await using target = await serve((_request, response) => response.end(body));

      const result = resultOf(await measure('check.http', { url: target.url }));

      const stored = JSON.stringify(result);
      expect(stored).toBe(JSON.stringify(JSON.parse(stored)));
      expect(stored).not.toMatch(/\\ud800|\\u0000/);
    },
  );

  it('is evidence when the target does not answer, and none when the gate is shut', async () => {
    await using silent = await serve(() => {});

    expect(await measure('check.http', { url: silent.url }, { timeoutMs: 60 })).toEqual({
      kind: 'unreachable',
      code: 'TIMEOUT',
      message: 'No answer within 60 ms',
      result: { error: 'TIMEOUT' },
    });
    expect(
      await measure('check.http', { url: silent.url }, { outbound: { allow: [] } }),
    ).toMatchObject({ kind: 'unavailable', retry: false });
  });

  it('follows redirects only when told to', async () => {
    await using target = await serve((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/there' }).end();
      else response.end();
    });
    const status = async (followRedirects: boolean) =>
      resultOf(await measure('check.http', { url: target.url, followRedirects }))['status'];

    expect(await status(false)).toBe(302);
    expect(await status(true)).toBe(200);
  });
});
