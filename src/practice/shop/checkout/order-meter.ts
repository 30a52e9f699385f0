import type { Registry } from '#practice/shop/metrics/registry.ts';

import { gatewayFor, type Order } from './place-order.ts';
import type { Configuration } from './release.ts';

export type PlacedOrder = {
  instance: string;
  order: Order;
  configuration: Configuration;
  status: number;
  seconds: number;
};

export type OrderMeter = {
  count(placed: PlacedOrder): void;
  /** Customers' orders so far: accepted, and answered with 5xx. */
  orders: () => { ok: number; failed: number };
};

/**
 * Counts orders: `http_requests_total` and `http_request_duration_seconds` for customers',
 * `test_orders_total` for test orders, `payment_gateway_requests_total` by the gateway's host.
 */
export function createOrderMeter(deps: {
  environment: string;
  instances: readonly string[];
  registry: Registry;
}): OrderMeter {
  const { registry } = deps;
  const common = { service: 'checkout', environment: deps.environment };
  const orders = { ok: 0, failed: 0 };

  for (const instance of deps.instances) {
    for (const code of ['201', '500']) {
      registry.add('http_requests_total', { ...common, instance, code }, 0);
    }
  }

  return {
    orders: () => ({ ...orders }),

    count({ instance, order, configuration, status, seconds }) {
      const code = String(status);
      const gateway = URL.parse(gatewayFor(order, configuration))?.hostname ?? '';
      registry.add('payment_gateway_requests_total', { ...common, gateway, code }, 1);

      if (order.test) {
        registry.add('test_orders_total', { ...common, code }, 1);
        return;
      }
      registry.add('http_requests_total', { ...common, instance, code }, 1);
      registry.observe('http_request_duration_seconds', common, seconds);
      if (status === 201) orders.ok += 1;
      if (status >= 500) orders.failed += 1;
    },
  };
}
