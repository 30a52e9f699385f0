import type { AlertState } from './alert-rule.ts';
import { fingerprint } from './fingerprint.ts';

export type SentState = Extract<AlertState, { status: 'firing' | 'resolved' }>;

const GROUP = {
  alertname: 'CheckoutErrorRateHigh',
  environment: 'production',
  service: 'checkout',
};
const LABELS = { ...GROUP, severity: 'page' };

/** The body that Alertmanager posts (version 4) for a group of this one alert. */
export function webhookBody(
  state: SentState,
  { expression, prometheusUrl }: { expression: string; prometheusUrl: string },
) {
  const annotations = {
    dashboard: 'https://grafana.example.com/d/checkout',
    summary: `Checkout error rate is ${(state.value * 100).toFixed(1)}%`,
  };
  const pairs = Object.entries(GROUP).map(([name, value]) => `${name}="${value}"`);
  const alert = {
    status: state.status,
    labels: LABELS,
    annotations,
    startsAt: new Date(state.startsAt).toISOString(),
    endsAt:
      state.status === 'resolved' ? new Date(state.endsAt).toISOString() : '0001-01-01T00:00:00Z',
    generatorURL: `${prometheusUrl}/graph?g0.expr=${encodeURIComponent(expression)}&g0.tab=1`,
    fingerprint: fingerprint(LABELS),
  };
  return {
    receiver: 'incidents',
    status: state.status,
    alerts: [alert],
    groupLabels: GROUP,
    commonLabels: LABELS,
    commonAnnotations: annotations,
    externalURL: prometheusUrl,
    version: '4',
    groupKey: `{}:{${pairs.join(', ')}}`,
    truncatedAlerts: 0,
  };
}
