import { z } from 'zod';

import type { AlertNotification } from '#domain/alert.ts';

/** What Alertmanager sends (webhook version 4), as far as we need it; the rest is dropped. */
const Labels = z.record(z.string().max(200), z.string().max(10_000));
const Time = z.iso.datetime({ offset: true });

const AlertPayload = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: Labels,
  annotations: Labels.default({}),
  startsAt: Time,
  endsAt: Time,
  fingerprint: z.string().min(1).max(200),
  generatorURL: z.string().max(10_000).default(''),
});

const Payload = z.object({
  version: z.literal('4'),
  status: z.enum(['firing', 'resolved']),
  groupKey: z.string().min(1).max(10_000),
  commonLabels: Labels.default({}),
  commonAnnotations: Labels.default({}),
  alerts: z.array(AlertPayload).min(1).max(10_000),
});

/** Reads a body; a text says what is wrong with it. */
export function readAlertmanager(body: string): AlertNotification | { problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { problem: 'The body is not JSON.' };
  }
  const parsed = Payload.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { problem: `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is not right'}` };
  }
  const { data } = parsed;
  return {
    source: 'alertmanager',
    group: data.groupKey,
    status: data.status,
    labels: data.commonLabels,
    annotations: data.commonAnnotations,
    alerts: data.alerts.map((alert) => ({
      fingerprint: alert.fingerprint,
      status: alert.status,
      labels: alert.labels,
      annotations: alert.annotations,
      startsAt: utc(alert.startsAt),
      // A firing alert has no end: Alertmanager writes the year 1.
      endsAt: alert.endsAt.startsWith('0001-') ? null : utc(alert.endsAt),
      url: alert.generatorURL === '' ? null : alert.generatorURL,
    })),
  };
}

function utc(time: string): string {
  return new Date(time).toISOString();
}
