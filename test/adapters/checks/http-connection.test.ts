import type { IncomingMessage } from 'node:http';

import { describe, expect, it } from 'vitest';

import type { JsonObject } from '#domain/json.ts';
import { serve } from '#test/support/serve.ts';

import { measure, resultOf, type World } from './measure.ts';

/** A server that remembers what it was asked. */
async function shop(answer: { status: number; location?: string } = { status: 200 }) {
  const seen: Pick<IncomingMessage, 'url' | 'headers'>[] = [];
  const { status, location } = answer;
  const server = await serve(({ url, headers }, response) => {
    seen.push({ url, headers });
    response.writeHead(status, location === undefined ? {} : { location }).end();
  });
  return { ...server, seen, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const token: JsonObject = { token: '${{ secrets.TOKEN }}' };
const world = (url: string, options = token): World => ({
  secret: 'hunter2-hunter2',
  connections: { shop: { url, options }, other: { url, options: { headers: { 'X-Key': 'k' } } } },
});

describe('check.http over a connection', () => {
  it('stands below its URL, with its token', async () => {
    await using target = await shop();

    await measure('check.http', { url: '/health?deep=1' }, world(`${target.url}/api/`));

    expect(target.seen).toMatchObject([
      { url: '/api/health?deep=1', headers: { authorization: 'Bearer hunter2-hunter2' } },
    ]);
  });

  it('takes the one that it names before that of its service', async () => {
    await using target = await shop();

    await measure('check.http', { url: '/', connection: 'other' }, world(target.url));

    expect(target.seen[0]?.headers).toMatchObject({ 'x-key': 'k' });
    expect(target.seen[0]?.headers.authorization).toBeUndefined();
  });

  it('knows user and password, and lets a header of the step go before', async () => {
    await using target = await shop();
    const given = world(target.url, { user: 'ünal', password: '${{ secrets.TOKEN }}' });

    await measure('check.http', { url: '/' }, given);
    await measure('check.http', { url: '/', headers: { Authorization: 'mine' } }, given);

    expect(target.seen.map(({ headers }) => headers.authorization)).toEqual([
      `Basic ${Buffer.from('ünal:hunter2-hunter2').toString('base64')}`,
      'mine',
    ]);
  });

  it('keeps its credentials to its own origin, whatever the step or a redirect asks for', async () => {
    await using elsewhere = await shop();
    await using target = await shop({ status: 302, location: `${elsewhere.url}/moved` });

    await measure('check.http', { url: `${target.url}/own` }, world(target.url));
    await measure(
      'check.http',
      { url: `${elsewhere.url}/a`, connection: 'shop' },
      world(target.url),
    );
    await measure('check.http', { url: '/away', followRedirects: true }, world(target.url));

    const sent = target.seen.map(({ headers }) => headers.authorization);
    expect(sent).toEqual(['Bearer hunter2-hunter2', 'Bearer hunter2-hunter2']);
    expect(elsewhere.seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/a', undefined],
      ['/moved', undefined],
    ]);
  });

  it('can not be led to another host by its path', async () => {
    await using target = await shop();

    for (const url of ['//evil.example/x', '/@evil.example/', '/\\evil.example']) {
      await measure('check.http', { url }, world(target.url));
    }

    expect(target.seen.map(({ headers }) => headers.host)).toEqual(
      Array.from({ length: 3 }, () => new URL(target.url).host),
    );
  });

  it('shows no credential that the target sends back', async () => {
    await using target = await serve((request, response) => {
      response.end(request.headers.authorization);
    });

    const result = resultOf(await measure('check.http', { url: '/' }, world(target.url)));

    expect(result['body']).toBe('Bearer [secret]');
  });

  it('is no data where there is no connection, or none for drills', async () => {
    const path = await measure('check.http', { url: '/health' });
    const drill = await measure(
      'check.http',
      { url: '/health' },
      { ...world('http://127.0.0.1:1'), request: { mode: 'drill' } },
    );

    expect(path).toMatchObject({
      kind: 'unavailable',
      message: 'The service checkout has no connection for http.',
    });
    expect(drill).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('drill') });
  });
});
