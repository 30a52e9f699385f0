/** What Prometheus watches in the shop, and what it says when something is above its threshold. */
export type AlertRule = {
  name: string;
  /** Beside name and severity; they make the group, too. */
  labels: Readonly<Record<string, string>>;
  expression(window: string): string;
  summary(value: number): string;
  dashboard: string;
};

const place = { environment: 'production', service: 'checkout' };
const production = 'service="checkout",environment="production"';

export const errorRateHigh: AlertRule = {
  name: 'CheckoutErrorRateHigh',
  labels: place,
  expression: (window) => share('http_requests_total', production, window),
  summary: (value) => `Checkout error rate is ${percent(value)}`,
  dashboard: 'https://grafana.example.com/d/checkout',
};

const gateway = 'api.gateway-a.example';

/** While it is active the one above is held back, as by an inhibition rule: it is the same trouble. */
export const gatewayDown: AlertRule = {
  name: 'PaymentGatewayDown',
  labels: { ...place, gateway },
  expression: (window) =>
    share('payment_gateway_requests_total', `${production},gateway="${gateway}"`, window),
  summary: (value) => `${percent(value)} of the payments through ${gateway} fail`,
  dashboard: 'https://grafana.example.com/d/payment-gateways',
};

function share(counter: string, labels: string, window: string): string {
  const failed = `sum(rate(${counter}{${labels},code=~"5.."}[${window}]))`;
  return `${failed} / sum(rate(${counter}{${labels}}[${window}]))`;
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)}%`;
}
