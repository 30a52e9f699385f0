import { z } from 'zod';

import type { ReadAlert } from './alert-webhook.ts';
import { alertOf, AlertmanagerGroup } from './alertmanager-payload.ts';
import { understand } from './payload.ts';

/**
 * A webhook contact point of Grafana's alerting: the format of Alertmanager under a version of its own,
 * with the organisation beside it (https://grafana.com/docs/grafana/latest/alerting).
 */
const GrafanaPayload = AlertmanagerGroup.extend({
  version: z.literal('1'),
  orgId: z.int().nonnegative(),
});

/** Its group keys are those of an Alertmanager, and each organisation has the same: ours tell them apart. */
export const readGrafanaPayload: ReadAlert = (body) => {
  const read = understand(GrafanaPayload, body);
  if (!read.ok) return read;
  const { orgId, groupKey, status, commonLabels, commonAnnotations, alerts } = read.value;
  return {
    ok: true,
    notification: {
      source: 'grafana',
      group: `grafana:${orgId}:${groupKey}`,
      status,
      labels: commonLabels,
      annotations: commonAnnotations,
      alerts: alerts.map(alertOf),
    },
  };
};
