import { z } from 'zod';

import { createShop, type ShopOptions } from '#practice/shop/shop.ts';

import { call } from './call.ts';
import { eventually } from './eventually.ts';

const State = z.object({
  orders: z.object({ ok: z.number(), failed: z.number() }),
  alerts: z.record(z.string(), z.object({ status: z.string() })),
});
const Builds = z.object({ builds: z.array(z.string()) });
const Vector = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

/** A shop whose clocks run fast: windows of two seconds, stages of a few milliseconds. */
export async function openShop(options: ShopOptions = {}) {
  const shop = await createShop({
    ordersPerSecond: 60,
    scrapeMs: 50,
    stageMs: { deploy: 10, rollback: 10 },
    alert: { window: '1s', forMs: 100, repeatMs: 300, retryMs: 50 },
    ...options,
  });
  const production = `${shop.deployApiUrl}/v1/services/checkout/environments/production`;

  return {
    ...shop,

    control: (method: string, path: string, body?: unknown) =>
      call(method, `${shop.controlUrl}${path}`, { body }),

    state: async () => State.parse((await call('GET', `${shop.controlUrl}/state`)).body),

    /** Waits until every instance runs this build. */
    running: (environment: 'production' | 'staging', build: string) =>
      eventually(async () => {
        const { body } = await call('GET', `${shop.checkoutUrls[environment]}/health`);
        return Builds.parse(body).builds.every((one) => one === build);
      }),

    /** The value of a query with a single series; null where there is none. */
    async query(query: string): Promise<number | null> {
      const parameters = new URLSearchParams({ query }).toString();
      const { body } = await call('GET', `${shop.prometheusUrl}/api/v1/query?${parameters}`);
      const text = Vector.parse(body).data.result[0]?.value[1];
      return text === undefined ? null : Number(text);
    },

    testOrder: (environment: 'production' | 'staging', order: object = {}) =>
      call('POST', `${shop.checkoutUrls[environment]}/orders`, { body: { test: true, ...order } }),

    rollBack: (from: string, to: string) =>
      call('POST', `${production}/rollbacks`, {
        body: { from, to, reason: 'Checkout returns 5xx' },
        headers: {
          authorization: `Bearer ${shop.deployToken}`,
          'idempotency-key': `${from}-${to}`,
        },
      }),
  };
}
