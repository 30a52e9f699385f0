import type { AlertState } from './alert-rule.ts';
import { fingerprint } from './fingerprint.ts';
import type { AlertRule } from './rules.ts';

export type SentState = Extract<AlertState, { status: 'firing' | 'resolved' }>;

/** The body that Alertmanager posts (version 4) for a group of this one alert. */
export function webhookBody(
  state: SentState,
  from: { rule: AlertRule; expression: string; prometheusUrl: string },
) {
  const { rule, expression, prometheusUrl } = from;
  const group: Record<string, string> = { alertname: rule.name, ...rule.labels };
  const labels = { ...group, severity: rule.severity };
  const annotations = { dashboard: rule.dashboard, summary: rule.summary };
  const pairs = Object.entries(group).map(([name, value]) => `${name}="${value}"`);
  const alert = {
    status: state.status,
    labels,
    annotations,
    startsAt: new Date(state.startsAt).toISOString(),
    endsAt:
      state.status === 'resolved' ? new Date(state.endsAt).toISOString() : '0001-01-01T00:00:00Z',
    generatorURL: `${prometheusUrl}/graph?g0.expr=${encodeURIComponent(expression)}&g0.tab=1`,
    fingerprint: fingerprint(labels),
  };
  return {
    receiver: 'incidents',
    status: state.status,
    alerts: [alert],
    groupLabels: group,
    commonLabels: labels,
    commonAnnotations: annotations,
    externalURL: prometheusUrl,
    version: '4',
    groupKey: `{}:{${pairs.join(', ')}}`,
    truncatedAlerts: 0,
  };
}
