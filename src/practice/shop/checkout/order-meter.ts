import type { Registry } from '#practice/shop/metrics/registry.ts';

import { createLately, type Lately } from './lately.ts';
import type { Order, OrderResult } from './place-order.ts';

export type PlacedOrder = {
  instance: string;
  order: Order;
  /** Its URL. */
  gateway: string;
  result: OrderResult;
  seconds: number;
};

export type OrderMeter = {
  /** Takes a connection of an instance's pool; to be called again when it is given back. */
  take(instance: string): () => void;
  count(placed: PlacedOrder): void;
  /** Customers' orders so far: accepted, and answered with 5xx. */
  orders: () => { ok: number; failed: number };
  lately: () => Lately;
};

/**
 * Counts orders: `http_requests_total` and `http_request_duration_seconds` for customers',
 * `test_orders_total` for test orders, `payment_gateway_requests_total` and
 * `payment_gateway_request_duration_seconds` by the gateway's host, `payment_gateway_failures_total`
 * by the reason, too (`HTTP 401`, `ECONNREFUSED`, `CERT_HAS_EXPIRED`, `timeout`, …), and how much of each instance's
 * pool of connections to the gateways is in use.
 */
export function createOrderMeter(deps: {
  environment: string;
  instances: readonly string[];
  poolSize: number;
  registry: Registry;
}): OrderMeter {
  const { registry } = deps;
  const common = { service: 'checkout', environment: deps.environment };
  const orders = { ok: 0, failed: 0 };
  const lately = createLately();

  for (const instance of deps.instances) {
    for (const code of ['201', '500']) {
      registry.add('http_requests_total', { ...common, instance, code }, 0);
    }
    registry.add('payment_gateway_pool_size', { ...common, instance }, deps.poolSize);
    registry.add('payment_gateway_pool_in_use', { ...common, instance }, 0);
  }

  return {
    orders: () => ({ ...orders }),
    lately: () => lately.now(),

    take(instance) {
      registry.add('payment_gateway_pool_in_use', { ...common, instance }, 1);
      return () => registry.add('payment_gateway_pool_in_use', { ...common, instance }, -1);
    },

    count({ instance, order, gateway: url, result, seconds }) {
      const code = String(result.status);
      const gateway = URL.parse(url)?.hostname ?? '';
      for (const each of ['201', '500']) {
        registry.add('payment_gateway_requests_total', { ...common, gateway, code: each }, 0);
      }
      registry.add('payment_gateway_requests_total', { ...common, gateway, code }, 1);
      registry.observe('payment_gateway_request_duration_seconds', { ...common, gateway }, seconds);
      if (result.status === 500) {
        const { why } = result;
        registry.add('payment_gateway_failures_total', { ...common, gateway, reason: why }, 1);
      }

      if (order.test) {
        registry.add('test_orders_total', { ...common, code }, 1);
        return;
      }
      registry.add('http_requests_total', { ...common, instance, code }, 1);
      registry.observe('http_request_duration_seconds', common, seconds);
      lately.add({ failed: result.status === 500, seconds });
      if (result.status === 201) orders.ok += 1;
      if (result.status === 500) orders.failed += 1;
    },
  };
}
