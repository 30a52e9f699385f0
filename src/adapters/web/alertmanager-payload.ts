import { z } from 'zod';

import type { Alert, AlertNotification } from '#domain/alert.ts';

/** U+0000 can't be stored everywhere, and no alert has it; a lone surrogate has no UTF-8. */
const Text = z
  .string()
  .max(64 * 1024)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'not a plain text');
const Texts = z.record(Text, Text);
const Status = z.enum(['firing', 'resolved']);

const AlertmanagerAlert = z.object({
  status: Status,
  labels: Texts,
  annotations: Texts.default({}),
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }),
  generatorURL: Text.default(''),
  fingerprint: Text.min(1),
});

/** Version 4 of https://prometheus.io/docs/alerting/latest/configuration/#webhook_config. */
const AlertmanagerPayload = z.object({
  version: z.literal('4'),
  groupKey: Text.min(1),
  status: Status,
  commonLabels: Texts.default({}),
  commonAnnotations: Texts.default({}),
  alerts: z.array(AlertmanagerAlert).min(1).max(10_000),
});

type Read = { ok: true; notification: AlertNotification } | { ok: false; reason: string };

/** Fields that Alertmanager may add are passed over; a reason names the first place that is wrong. */
export function readAlertmanagerPayload(body: string): Read {
  const parsed = AlertmanagerPayload.safeParse(parseJson(body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue === undefined || issue.path.length === 0 ? 'body' : issue.path.join('.');
    return { ok: false, reason: `${place.slice(0, 200)}: ${issue?.message ?? 'not understood'}` };
  }
  const { groupKey, status, commonLabels, commonAnnotations, alerts } = parsed.data;
  return {
    ok: true,
    notification: {
      source: 'alertmanager',
      group: groupKey,
      status,
      labels: commonLabels,
      annotations: commonAnnotations,
      alerts: alerts.map(readAlert),
    },
  };
}

function readAlert(alert: z.infer<typeof AlertmanagerAlert>): Alert {
  return {
    fingerprint: alert.fingerprint,
    status: alert.status,
    labels: alert.labels,
    annotations: alert.annotations,
    startsAt: new Date(alert.startsAt).toISOString(),
    // While it fires the year is 1, or the end is a guess that lies ahead.
    endsAt: alert.status === 'firing' ? null : new Date(alert.endsAt).toISOString(),
    url: alert.generatorURL === '' ? null : alert.generatorURL,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
