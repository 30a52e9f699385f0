import { z } from 'zod';

import type { Alert } from '#domain/alert.ts';

import type { ReadAlert } from './alert-webhook.ts';
import { Text, Texts, Time, understand } from './payload.ts';

const Status = z.enum(['firing', 'resolved']);

/** An alert as Alertmanager spells it, and whoever took its format over. */
export const AlertmanagerAlert = z.object({
  status: Status,
  labels: Texts,
  annotations: Texts.default({}),
  startsAt: Time,
  endsAt: Time,
  generatorURL: Text.default(''),
  fingerprint: Text.min(1),
});

export const AlertmanagerGroup = z.object({
  groupKey: Text.min(1),
  status: Status,
  commonLabels: Texts.default({}),
  commonAnnotations: Texts.default({}),
  alerts: z.array(AlertmanagerAlert).min(1).max(10_000),
});

/** Version 4 of https://prometheus.io/docs/alerting/latest/configuration/#webhook_config. */
const AlertmanagerPayload = AlertmanagerGroup.extend({ version: z.literal('4') });

/** Fields that Alertmanager may add are passed over. */
export const readAlertmanagerPayload: ReadAlert = (body) => {
  const read = understand(AlertmanagerPayload, body);
  if (!read.ok) return read;
  const { groupKey, status, commonLabels, commonAnnotations, alerts } = read.value;
  return {
    ok: true,
    notification: {
      source: 'alertmanager',
      group: groupKey,
      status,
      labels: commonLabels,
      annotations: commonAnnotations,
      alerts: alerts.map(alertOf),
    },
  };
};

export function alertOf(alert: z.infer<typeof AlertmanagerAlert>): Alert {
  return {
    fingerprint: alert.fingerprint,
    status: alert.status,
    labels: alert.labels,
    annotations: alert.annotations,
    startsAt: alert.startsAt,
    // While it fires the year is 1, or the end is a guess that lies ahead.
    endsAt: alert.status === 'firing' ? null : alert.endsAt,
    url: alert.generatorURL === '' ? null : alert.generatorURL,
  };
}
