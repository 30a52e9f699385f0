import { describe, expect, it } from 'vitest';

import { call } from './call.ts';
import { eventually } from './eventually.ts';
import { openShop } from './open-shop.ts';

const ERROR_RATE = `
  (sum(rate(http_requests_total{service="checkout",environment="production",code=~"5.."}[1s])) or vector(0))
    / sum(rate(http_requests_total{service="checkout",environment="production"}[1s]))`;

describe('the practice shop', () => {
  it('sells, breaks with the bad build, and is mended by a rollback', async () => {
    await using shop = await openShop();
    await eventually(async () => (await shop.state()).orders.ok > 5);
    await eventually(async () => (await shop.query(ERROR_RATE)) === 0);

    await shop.control('POST', '/deploys', { environment: 'production', build: '1842' });
    await eventually(async () => (await shop.query(ERROR_RATE)) === 1);
    expect(await shop.testOrder('production')).toMatchObject({
      status: 500,
      body: { error: 'payment gateway: HTTP 401' },
    });
    expect(await shop.testOrder('production', { method: 'wallet' })).toMatchObject({
      status: 500,
      body: { error: 'payment gateway: ENOTFOUND' },
    });

    expect(await shop.rollBack('production-4', 'production-3')).toMatchObject({ status: 202 });
    await eventually(async () => (await shop.query(ERROR_RATE)) === 0);
    expect(await shop.testOrder('production')).toMatchObject({ status: 201 });
  });

  it('is not mended by a rollback to a build that is bad, too', async () => {
    await using shop = await openShop({ ordersPerSecond: 0 });
    await shop.control('POST', '/deploys', { environment: 'production', build: '1842' });
    await shop.running('production', '1842');
    await eventually(
      async () => (await shop.rollBack('production-4', 'production-3')).status === 202,
    );
    await shop.running('production', '1841');
    expect(await shop.testOrder('production')).toMatchObject({ status: 201 });

    await eventually(
      async () => (await shop.rollBack('production-5', 'production-4')).status === 202,
    );
    await shop.running('production', '1842');
    expect(await shop.testOrder('production')).toMatchObject({ status: 500 });
  });

  it('leaves staging well when production is broken by the same build', async () => {
    await using shop = await openShop({ ordersPerSecond: 0 });
    for (const environment of ['production', 'staging'] as const) {
      await shop.control('POST', '/deploys', { environment, build: '1842' });
      await shop.running(environment, '1842');
    }

    expect(await shop.testOrder('production')).toMatchObject({ status: 500 });
    expect(await shop.testOrder('staging')).toMatchObject({ status: 201 });
    expect(await shop.testOrder('staging', { method: 'wallet' })).toMatchObject({ status: 201 });
  });

  it('counts test orders apart from those of customers', async () => {
    await using shop = await openShop({ ordersPerSecond: 0 });
    await shop.testOrder('production');

    expect(await eventually(() => shop.query('sum(test_orders_total)'))).toBe(1);
    expect(await shop.query('sum(http_requests_total)')).toBe(0);
    expect(await shop.state()).toMatchObject({ orders: { ok: 0, failed: 0 } });
  });

  it('ships a setting that is changed or left out for a scenario', async () => {
    await using shop = await openShop({ ordersPerSecond: 0 });
    await shop.control('POST', '/deploys', {
      environment: 'staging',
      build: '1841',
      settings: { PAYMENT_GATEWAY_B_URL: null, PAYMENT_GATEWAY_TIMEOUT_MS: '1500' },
    });
    const staging = `${shop.deployApiUrl}/v1/services/checkout/environments/staging`;
    const headers = { authorization: `Bearer ${shop.deployToken}` };
    const url = `${staging}/deployments/staging-4/configuration`;
    const { body } = await call('GET', url, { headers });

    expect(body['values']).toMatchObject({ PAYMENT_GATEWAY_TIMEOUT_MS: { value: '1500' } });
    expect(body['values']).not.toHaveProperty('PAYMENT_GATEWAY_B_URL');
  });

  it.each([
    ['is down', { down: true }, 'ECONNREFUSED'],
    ['shows an expired certificate', { certificate: 'expired' }, 'CERT_HAS_EXPIRED'],
  ])('fails orders when a gateway %s', async (_, fault, code) => {
    await using shop = await openShop({ ordersPerSecond: 0 });
    await shop.control('PATCH', '/faults', { gateways: { 'api.gateway-a.example': fault } });

    expect(await shop.testOrder('production')).toMatchObject({
      status: 500,
      body: { error: `payment gateway: ${code}` },
    });
    expect(await shop.testOrder('production', { method: 'wallet' })).toMatchObject({ status: 201 });
  });

  it('gives a slow gateway up after the time that is configured', async () => {
    await using shop = await openShop({ ordersPerSecond: 0 });
    await shop.control('PATCH', '/faults', {
      gateways: { 'api.gateway-a.example': { delayMs: 60_000 } },
    });
    const settings = { PAYMENT_GATEWAY_TIMEOUT_MS: '100' };
    await shop.control('POST', '/deploys', { environment: 'production', build: '1841', settings });

    const error = await eventually(async () => {
      const startedAt = performance.now();
      const { body } = await shop.testOrder('production');
      return performance.now() - startedAt < 1000 ? body['error'] : null;
    });
    expect(error).toBe('payment gateway: timeout');
  });

  it('has no number while its metrics have a gap, and no answer while Prometheus is down', async () => {
    await using shop = await openShop();
    await eventually(async () => (await shop.query(ERROR_RATE)) === 0);

    await shop.control('PATCH', '/faults', { metrics: 'gap' });
    await eventually(async () => (await shop.query(ERROR_RATE)) === null);

    await shop.control('PATCH', '/faults', { metrics: 'down' });
    expect((await fetch(`${shop.prometheusUrl}/api/v1/query?query=1`)).status).toBe(503);
  });

  it.each([
    ['POST', '/deploys', { environment: 'production', build: '9999' }, 404],
    ['POST', '/deploys', { environment: 'moon', build: '1842' }, 400],
    ['PATCH', '/faults', { gateways: { 'nobody.example': { down: true } } }, 404],
    ['PATCH', '/faults', { rollbacks: { answer: 'sometimes' } }, 400],
    ['PUT', '/traffic', { perSecond: -1 }, 400],
    ['PUT', '/alerts', { url: 'nowhere', token: '' }, 400],
  ])('refuses to %s %s with %o', async (method, path, body, status) => {
    await using shop = await openShop({ ordersPerSecond: 0 });

    expect(await shop.control(method, path, body)).toMatchObject({ status });
  });

  it('leaves nothing listening when it is closed, even with orders in flight', async () => {
    const shop = await openShop();
    await shop.control('PATCH', '/faults', {
      gateways: { 'api.gateway-a.example': { delayMs: 60_000 } },
    });
    await shop.close();

    for (const url of [shop.controlUrl, shop.deployApiUrl, shop.prometheusUrl]) {
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    }
  });
});
