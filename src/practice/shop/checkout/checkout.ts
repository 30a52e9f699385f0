import { Hono } from 'hono';
import type { Dispatcher } from 'undici';

import type { Registry } from '#practice/shop/metrics/registry.ts';
import { createOutward, POOL_SIZE, type Hosts } from '#practice/shop/net/outward.ts';
import { readBody } from '#practice/shop/net/read-body.ts';
import type { NodeApp } from '#practice/shop/net/serve-app.ts';

import { createOrderMeter, type OrderMeter } from './order-meter.ts';
import { gatewayFor, Order, placeOrder } from './place-order.ts';
import type { Release } from './release.ts';

export type Checkout = {
  app: NodeApp;
  /** How many instances share the orders, each in its turn. */
  size: number;
  /** Starts a release on one instance; orders that the old one had begun are finished by it. */
  replace(index: number, release: Release): void;
  orders: OrderMeter['orders'];
  lately: OrderMeter['lately'];
  close(): Promise<void>;
};

type Instance = { name: string; release: Release; dispatcher: Dispatcher };

/** The checkout service of one environment: instances behind a round robin. */
export function createCheckout(deps: {
  environment: string;
  size: number;
  release: Release;
  hosts: Hosts;
  ca: string;
  registry: Registry;
  /** Asked at each order: payments take gateway B. */
  gatewayIsOff: () => boolean;
}): Checkout {
  const instances = Array.from({ length: deps.size }, (_, index) => start(index, deps.release));
  const leaving = new Set<Promise<void>>();
  const meter = createOrderMeter({
    environment: deps.environment,
    instances: instances.map(({ name }) => name),
    poolSize: POOL_SIZE,
    registry: deps.registry,
  });
  let turn = 0;

  function start(index: number, release: Release): Instance {
    return { name: `checkout-${index + 1}`, release, dispatcher: createOutward(deps) };
  }

  const app: NodeApp = new Hono();

  app.get('/health', (context) =>
    context.json({ status: 'ok', builds: instances.map(({ release }) => release.build) }),
  );

  app.post('/orders', async (context) => {
    const order = await readBody(context, Order);
    if (!order.ok) return context.json({ error: order.message }, 400);

    const instance = instances[turn % instances.length];
    turn += 1;
    if (instance === undefined) return context.json({ error: 'no instance is ready' }, 503);

    const { name, dispatcher, release } = instance;
    const { configuration } = release;
    const gateway = gatewayFor(order.data, configuration, { a: deps.gatewayIsOff() });
    const startedAt = performance.now();
    const giveBack = meter.take(name);
    const result = await placeOrder(order.data, { gateway, configuration, dispatcher });
    giveBack();
    meter.count({
      instance: name,
      order: order.data,
      gateway: gateway.url,
      result,
      seconds: (performance.now() - startedAt) / 1000,
    });
    return context.json(result, result.status);
  });

  return {
    app,
    size: deps.size,
    orders: meter.orders,
    lately: meter.lately,

    replace(index, release) {
      const old = instances[index];
      if (old === undefined) throw new RangeError(`there is no instance ${index}`);
      instances[index] = start(index, release);
      const left = old.dispatcher.close().finally(() => leaving.delete(left));
      leaving.add(left);
    },

    async close() {
      await Promise.all([...leaving, ...instances.map(({ dispatcher }) => dispatcher.destroy())]);
    },
  };
}
