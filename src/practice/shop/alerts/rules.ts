/** What Prometheus watches in the shop, and what it says when something is above its threshold. */
export type AlertRule = {
  name: string;
  /** Beside the name; without the severity they make the group, too. */
  labels: Readonly<Record<string, string>>;
  severity: 'page' | 'ticket';
  /** Over how long, in PromQL's spelling; null: as the shop says for all. */
  window: string | null;
  threshold: number;
  expression(window: string): string;
  /** It names the incident, whose figures its checks show as they are: so it has none. */
  summary: string;
  dashboard: string;
  /** While one of these is active this one is held back, as by an inhibition rule: it is the same trouble. */
  inhibitedBy: readonly AlertRule[];
};

const place = { environment: 'production', service: 'checkout' };
const production = 'service="checkout",environment="production"';
const gateways = 'https://grafana.example.com/d/payment-gateways';

const gatewayA = 'api.gateway-a.example';
const gatewayB = 'api.gateway-b.example';

/** The narrower a rule the longer it remembers, so that none that it holds back speaks up after it. */
const certificateExpired: AlertRule = {
  name: 'PaymentGatewayCertificateExpired',
  labels: { ...place, gateway: gatewayA },
  severity: 'page',
  window: '45s',
  threshold: 0.01,
  expression: (window) => failuresOf(gatewayA, 'CERT_HAS_EXPIRED', window),
  summary: `${gatewayA} shows an expired certificate`,
  dashboard: gateways,
  inhibitedBy: [],
};

const keyRejected: AlertRule = {
  name: 'PaymentGatewayRejectsKey',
  labels: { ...place, gateway: gatewayB },
  severity: 'page',
  window: '30s',
  threshold: 0.01,
  expression: (window) => failuresOf(gatewayB, 'HTTP 401', window),
  summary: `${gatewayB} rejects our key`,
  dashboard: gateways,
  inhibitedBy: [],
};

const gatewayDown: AlertRule = {
  name: 'PaymentGatewayDown',
  labels: { ...place, gateway: gatewayA },
  severity: 'page',
  window: '30s',
  threshold: 0.01,
  expression: (window) => failuresOf(gatewayA, 'ECONNREFUSED', window),
  summary: `${gatewayA} refuses connections`,
  dashboard: gateways,
  inhibitedBy: [certificateExpired],
};

const errorRateHigh: AlertRule = {
  name: 'CheckoutErrorRateHigh',
  labels: place,
  severity: 'page',
  window: null,
  threshold: 0.05,
  expression: (window) => share('http_requests_total', production, window),
  summary: 'Orders fail at the checkout',
  dashboard: 'https://grafana.example.com/d/checkout',
  inhibitedBy: [certificateExpired, keyRejected, gatewayDown],
};

const latencyHigh: AlertRule = {
  name: 'CheckoutLatencyHigh',
  labels: place,
  severity: 'ticket',
  window: null,
  threshold: 1,
  expression: (window) =>
    `histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{${production}}[${window}])))`,
  summary: 'Orders are slow at the checkout',
  dashboard: 'https://grafana.example.com/d/checkout-latency',
  inhibitedBy: [certificateExpired, keyRejected, gatewayDown, errorRateHigh],
};

/** Each after those that hold it back. */
export const alertRules: readonly AlertRule[] = [
  certificateExpired,
  keyRejected,
  gatewayDown,
  errorRateHigh,
  latencyHigh,
];

function share(counter: string, labels: string, window: string): string {
  const failed = `sum(rate(${counter}{${labels},code=~"5.."}[${window}]))`;
  return `${failed} / sum(rate(${counter}{${labels}}[${window}]))`;
}

function failuresOf(gateway: string, reason: string, window: string): string {
  const labels = `${production},gateway="${gateway}"`;
  const failed = `sum(rate(payment_gateway_failures_total{${labels},reason="${reason}"}[${window}]))`;
  return `${failed} / sum(rate(payment_gateway_requests_total{${labels}}[${window}]))`;
}
