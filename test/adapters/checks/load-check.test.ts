import { once } from 'node:events';

import { describe, expect, it } from 'vitest';

import { percentile } from '#adapters/checks/load-probe.ts';
import { parseDuration } from '#domain/duration.ts';
import { textOf, type Json, type JsonObject } from '#domain/json.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import { serve } from '#test/support/serve.ts';

import { measure, resultOf, type World } from './measure.ts';

const staging = { request: { environment: 'staging' } } satisfies World;

function load(url: string, inputs: JsonObject = {}, world: World = staging) {
  return measure('check.load', { url, rate: 200, duration: '250ms', ...inputs }, world);
}

describe('check.load', () => {
  it('sends as many as rate and duration say, in the shape of its kind', async () => {
    let requests = 0;
    await using target = await serve((_request, response) => {
      requests += 1;
      response.end();
    });

    const result = resultOf(await load(target.url));

    expect(kindOf('check.load')?.result.safeParse(result).error).toBeUndefined();
    expect(result).toMatchObject({ requests: 50, errorRate: 0 });
    expect(requests).toBe(50);
  });

  it('sends by its schedule, whether or not earlier requests were answered', async () => {
    let open = 0;
    let most = 0;
    const everyone = new EventTarget();
    await using target = await serve((_request, response) => {
      open += 1;
      most = Math.max(most, open);
      everyone.addEventListener('answer', () => response.end(), { once: true });
      if (open === 50) everyone.dispatchEvent(new Event('answer'));
    });

    expect(resultOf(await load(target.url))).toMatchObject({ requests: 50, errorRate: 0 });
    expect(most).toBe(50);
  });

  it('counts the time of an answer from when its request was to leave', async () => {
    // The first answer blocks this process for a while: the others leave late through no fault of theirs.
    let first = true;
    await using target = await serve((_request, response) => {
      if (first) {
        first = false;
        const until = performance.now() + 200;
        while (performance.now() < until);
      }
      response.end();
    });

    const { p50 } = resultOf(await load(target.url));

    expect(msOf(p50)).toBeGreaterThan(50);
  });

  it('counts what can not be sent because too many are open as an error', async () => {
    const stop = new EventTarget();
    let requests = 0;
    await using target = await serve((_request, response) => {
      requests += 1;
      void once(stop, 'stop').then(() => response.end());
    });
    const timer = setTimeout(() => stop.dispatchEvent(new Event('stop')), 500);

    const measurement = await load(target.url, { maxInFlight: 5 });
    clearTimeout(timer);

    expect(requests).toBe(5);
    expect(resultOf(measurement)).toMatchObject({ requests: 50, errorRate: 0.9 });
    expect(JSON.stringify(measurement)).toContain('45 × not sent while 5 were open');
  });

  it('takes every answer but 2xx for an error, and a target that refuses, too', async () => {
    let turn = 0;
    const target = await serve((_request, response) => {
      turn += 1;
      response.writeHead([200, 302, 404, 503][turn % 4] ?? 200).end();
    });

    expect(resultOf(await load(target.url, { duration: '200ms' }))).toMatchObject({
      requests: 40,
      errorRate: 0.75,
    });
    await target[Symbol.asyncDispose]();
    expect(resultOf(await load(target.url, { duration: '50ms' }))).toMatchObject({ errorRate: 1 });
  });

  it('gives each request the timeout, and the whole as long as it lasts on top', async () => {
    await using target = await serve(() => {});

    const measurement = await load(
      target.url,
      { duration: '300ms' },
      { ...staging, timeoutMs: 100 },
    );

    expect(resultOf(measurement)).toMatchObject({ requests: 60, errorRate: 1 });
    expect(JSON.stringify(measurement)).toContain('60 × TIMEOUT');
  });

  it('stops when its caller does', async () => {
    let requests = 0;
    const caller = new AbortController();
    const reason = new Error('the run was stopped');
    await using target = await serve((_request, response) => {
      requests += 1;
      if (requests === 5) caller.abort(reason);
      response.end();
    });

    const world = { ...staging, signal: caller.signal };
    await expect(load(target.url, { duration: '60s' }, world)).rejects.toBe(reason);
    expect(requests).toBeLessThan(50);
  });

  it('says nothing of the target when the trouble is ours', async () => {
    const shut = { ...staging, outbound: { allow: [] } };

    expect(await load('http://127.0.0.1:9', {}, shut)).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('outbound.allow does not list it'),
    });
  });

  it.each([
    ['the environment is production', 'http://127.0.0.1:9', {}],
    ['the connection shop says that 127.0.0.1:9 is production', 'http://127.0.0.1:9/x', staging],
  ])('refuses production, and sends nothing: %s', async (why, url, world) => {
    const shop = {
      type: 'http',
      url: 'http://127.0.0.1:9',
      options: { production: true },
    } as const;
    const connections = { shop: { ...shop, drill: false } };

    expect(await load(url, {}, { ...world, connections })).toEqual({
      kind: 'unavailable',
      message: `Load on production is refused: ${why}.`,
      retry: false,
    });
  });

  it.each([
    [{ rate: 1, duration: '11m' }],
    [{ rate: 1_000, duration: '61s' }],
    [{ rate: 1_001, duration: '1s' }],
    [{ rate: 0, duration: '1s' }],
  ])('has bounds that no runbook moves: %j', async (inputs) => {
    expect(await load('http://127.0.0.1:9', inputs)).toMatchObject({
      kind: 'unavailable',
      retry: false,
    });
  });
});

it.each([
  [[], 0.95, null],
  [[7], 0.5, 7],
  [[1, 2, 3, 4], 0.5, 2],
  [Array.from({ length: 100 }, (_, index) => index + 1), 0.99, 99],
])('of %j the share %d do not exceed %d', (values, share, expected) => {
  expect(percentile(values, share)).toBe(expected);
});

function msOf(duration: Json | undefined): number {
  return parseDuration(textOf(duration)) ?? Number.NaN;
}
