import { json } from 'node:stream/consumers';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { eventually } from '#test/practice/shop/eventually.ts';
import { openShop } from '#test/practice/shop/open-shop.ts';
import { serve } from '#test/support/serve.ts';

const Body = z.object({
  status: z.string(),
  groupKey: z.string(),
  alerts: z.array(z.object({ startsAt: z.string(), endsAt: z.string() })),
});

describe('the alerts of the shop', () => {
  it('fires, is repeated, and resolves after the rollback', async () => {
    await using pager = await openPager();
    await using shop = await openShop({ alertTarget: { url: pager.url, token: 'bearer' } });

    await shop.control('POST', '/deploys', { environment: 'production', build: '1842' });
    await eventually(() => pager.received.length >= 2);
    await eventually(
      async () => (await shop.rollBack('production-4', 'production-3')).status === 202,
    );
    const resolved = await eventually(() =>
      pager.received.find(({ body }) => body.status === 'resolved'),
    );

    const [first] = pager.received;
    expect(first?.headers).toMatchObject({
      authorization: 'Bearer bearer',
      'user-agent': expect.stringContaining('Alertmanager/'),
    });
    expect(first?.raw).toMatchObject({
      version: '4',
      status: 'firing',
      groupKey:
        '{}:{alertname="CheckoutErrorRateHigh", environment="production", service="checkout"}',
      commonLabels: { severity: 'page', service: 'checkout', environment: 'production' },
      alerts: [{ status: 'firing', endsAt: '0001-01-01T00:00:00Z' }],
      truncatedAlerts: 0,
    });
    expect(resolved.body.groupKey).toBe(first?.body.groupKey);
    expect(resolved.body.alerts[0]?.startsAt).toBe(first?.body.alerts[0]?.startsAt);
    expect(Date.parse(resolved.body.alerts[0]?.endsAt ?? '')).toBeGreaterThan(
      Date.parse(resolved.body.alerts[0]?.startsAt ?? ''),
    );
  });

  it('is posted again to a receiver that answered 503', async () => {
    await using pager = await openPager([503, 503]);
    await using shop = await openShop({
      alert: { window: '1s', forMs: 100, repeatMs: 60_000, retryMs: 50 },
    });
    await shop.control('PUT', '/alerts', { url: pager.url, token: 'bearer' });
    await shop.control('POST', '/deploys', { environment: 'production', build: '1842' });

    await eventually(() => pager.received.length === 3);
    expect(pager.received.map(({ body }) => body.status)).toEqual(['firing', 'firing', 'firing']);
  });

  it.each([
    ['bad-build', 'CheckoutErrorRateHigh'],
    ['slow-gateway', 'CheckoutLatencyHigh'],
    ['gateway-down', 'PaymentGatewayDown'],
    ['certificate-expired', 'PaymentGatewayCertificateExpired'],
    ['wrong-parity', 'PaymentGatewayRejectsKey'],
  ])('speak of %s with one voice: %s', async (fault, alert) => {
    await using pager = await openPager();
    await using shop = await openShop({ alertTarget: { url: pager.url, token: 'bearer' } });
    await eventually(async () => (await shop.state()).orders.ok > 30);

    await shop.control('PUT', `/faults/${fault}`, { on: true });
    const wide = fault === 'slow-gateway' ? alert : 'CheckoutErrorRateHigh';
    await eventually(async () => (await shop.state()).alerts[wide]?.status === 'firing');
    await eventually(() => pager.received.length >= 2);

    const heard = pager.received.map(({ body }) => /alertname="(\w+)"/.exec(body.groupKey)?.[1]);
    expect(new Set(heard)).toEqual(new Set([alert]));
  });

  it('stays quiet while customers can pay', async () => {
    await using pager = await openPager();
    await using shop = await openShop({ alertTarget: { url: pager.url, token: 'bearer' } });
    await eventually(async () => (await shop.state()).orders.ok > 60);

    expect(pager.received).toEqual([]);
    expect(Object.values((await shop.state()).alerts).map(({ status }) => status)).toEqual(
      Array.from({ length: 5 }, () => 'inactive'),
    );
  });
});

async function openPager(statuses: number[] = []) {
  const received: { headers: object; raw: unknown; body: z.infer<typeof Body> }[] = [];
  const server = await serve((request, response) => {
    void json(request).then((raw) => {
      received.push({ headers: request.headers, raw, body: Body.parse(raw) });
      return response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  return { ...server, received };
}
