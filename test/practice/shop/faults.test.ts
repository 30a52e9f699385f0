import { connect } from 'node:tls';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { call } from './call.ts';
import { eventually } from './eventually.ts';
import { openShop } from './open-shop.ts';

const Faults = z.object({
  faults: z.array(
    z.object({ id: z.string(), title: z.string(), sentence: z.string(), on: z.boolean() }),
  ),
});
const State = z.object({
  lately: z.object({
    perSecond: z.number(),
    errorRate: z.number().nullable(),
    p95Seconds: z.number().nullable(),
  }),
  deployments: z.object({
    production: z.array(z.object({ id: z.string(), build: z.string(), status: z.string() })),
  }),
  flags: z.record(z.string(), z.object({ value: z.boolean() })),
  perSecond: z.number(),
});

const ids = [
  'bad-build',
  'slow-gateway',
  'gateway-down',
  'certificate-expired',
  'wrong-parity',
  'metrics-gap',
];

describe('the faults of the practice shop', () => {
  it('are listed with what they do, and all of them are off', async () => {
    await using shop = await openFaultyShop();
    const faults = await shop.faults();

    expect(faults.map(({ id, on }) => [id, on])).toEqual(ids.map((id) => [id, false]));
    for (const { title, sentence } of faults) expect(sentence.length).toBeGreaterThan(title.length);
  });

  it.each([
    ['bad-build', 'card', 'payment gateway: HTTP 401'],
    ['bad-build', 'wallet', 'payment gateway: ENOTFOUND'],
    ['gateway-down', 'card', 'payment gateway: ECONNREFUSED'],
    ['certificate-expired', 'card', 'payment gateway: CERT_HAS_EXPIRED'],
    ['wrong-parity', 'wallet', 'payment gateway: HTTP 401'],
  ])('%s fails orders by %s (%s), and no longer when it is off', async (id, method, error) => {
    await using shop = await openFaultyShop();
    const order = () => shop.testOrder('production', { method });
    expect(await order()).toMatchObject({ status: 201 });

    expect(await shop.turn(id, true)).toMatchObject({ status: 200, body: { id, on: true } });
    await eventually(async () => (await order()).body['error'] === error);
    expect(await shop.testOrder('staging', { method })).toMatchObject({
      status: id === 'bad-build' || id === 'wrong-parity' ? 201 : 500,
    });

    await eventually(async () => (await shop.turn(id, false)).status === 200);
    await eventually(async () => (await order()).status === 201);
    expect((await shop.faults()).filter(({ on }) => on)).toEqual([]);
  });

  it('slow-gateway slows orders by card, and fails none', async () => {
    await using shop = await openFaultyShop({ ordersPerSecond: 20 });
    await shop.turn('slow-gateway', true);

    const { lately } = await eventually(async () => {
      const state = await shop.look();
      return (state.lately.p95Seconds ?? 0) > 1 ? state : null;
    });
    expect(lately.errorRate).toBe(0);
  });

  it('metrics-gap takes the series away while orders go on', async () => {
    await using shop = await openFaultyShop({ ordersPerSecond: 60 });
    const count = 'sum(rate(http_requests_total[1s]))';
    await eventually(async () => ((await shop.query(count)) ?? 0) > 0);

    await shop.turn('metrics-gap', true);

    await eventually(async () => (await shop.query(count)) === null);
    expect((await shop.look()).lately).toMatchObject({ errorRate: 0 });
  });

  it('certificate-expired is a certificate that is over, of an authority that is trusted', async () => {
    await using shop = await openFaultyShop();
    await shop.turn('certificate-expired', true);
    const [host, port] = (shop.hosts['api.gateway-a.example'] ?? '').split(':');

    const socket = connect({
      host,
      port: Number(port),
      servername: 'api.gateway-a.example',
      ca: shop.caPem,
    });
    const error = await new Promise<NodeJS.ErrnoException>((resolve) => {
      socket.once('error', resolve);
    });
    expect(error.code).toBe('CERT_HAS_EXPIRED');
  });

  it('is off when somebody else has mended it', async () => {
    await using shop = await openFaultyShop();
    await shop.turn('bad-build', true);
    await shop.running('production', '1842');
    await eventually(
      async () => (await shop.rollBack('production-4', 'production-3')).status === 202,
    );

    expect((await shop.faults()).filter(({ on }) => on)).toEqual([]);
  });

  it('changes nothing when what is on is switched on', async () => {
    await using shop = await openFaultyShop();
    await Promise.all([shop.turn('bad-build', true), shop.turn('bad-build', true)]);
    await shop.running('production', '1842');

    const { production } = (await shop.look()).deployments;
    expect(production.filter(({ build }) => build === '1842')).toHaveLength(1);
  });

  it('says what is not there, and what can not be done now', async () => {
    await using shop = await openFaultyShop({ stageMs: { deploy: 60_000, rollback: 10 } });

    const unknown = await shop.turn('earthquake', true);
    expect(unknown).toMatchObject({ status: 404 });
    expect(unknown.body['error']).toBe(`There is no fault earthquake. Known: ${ids.join(', ')}.`);
    expect(await shop.control('PUT', '/faults/gateway-down', { on: 'yes' })).toMatchObject({
      status: 400,
    });
    await shop.turn('bad-build', true);
    expect(await shop.turn('wrong-parity', true)).toMatchObject({
      status: 409,
      body: { error: 'Another change is under way.' },
    });
  });

  it('are gone after a reset, with everything else that was changed', async () => {
    await using shop = await openFaultyShop();
    for (const id of ids) {
      await eventually(async () => (await shop.turn(id, true)).status === 200);
    }
    await shop.setFlag('gateway-a-off', true);
    await shop.control('PUT', '/traffic', { perSecond: 3 });

    expect(await shop.control('POST', '/reset')).toMatchObject({ status: 200 });

    expect((await shop.faults()).filter(({ on }) => on)).toEqual([]);
    const state = await shop.look();
    expect(state.deployments.production[0]).toMatchObject({ id: 'production-3', build: '1841' });
    expect(state.flags).toMatchObject({ 'gateway-a-off': { value: false } });
    expect(state.perSecond).toBe(0);
    for (const method of ['card', 'wallet']) {
      expect(await shop.testOrder('production', { method })).toMatchObject({ status: 201 });
    }

    await shop.turn('bad-build', true);
    const { production } = (await shop.look()).deployments;
    expect(production[0]).toMatchObject({ id: 'production-5', build: '1842' });
  });
});

async function openFaultyShop(options: Parameters<typeof openShop>[0] = {}) {
  const shop = await openShop({ ordersPerSecond: 0, ...options });
  return {
    ...shop,
    faults: async () => Faults.parse((await shop.control('GET', '/faults')).body).faults,
    turn: (id: string, on: boolean) => shop.control('PUT', `/faults/${id}`, { on }),
    look: async () => State.parse((await shop.control('GET', '/state')).body),
    setFlag: (flag: string, value: boolean) =>
      call(
        'PUT',
        `${shop.flagsApiUrl}/v1/services/checkout/environments/production/flags/${flag}`,
        {
          body: { value, expected: !value, reason: 'a test' },
          headers: { authorization: `Bearer ${shop.flagsToken}`, 'idempotency-key': 'a-test' },
        },
      ),
  };
}
