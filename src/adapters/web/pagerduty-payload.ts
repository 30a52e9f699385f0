import { z } from 'zod';

import type { ReadAlert } from './alert-webhook.ts';
import { Text, Time, understand } from './payload.ts';

const Reference = z.object({ id: Text, summary: Text.nullish() });

const Incident = z.object({
  id: Text.min(1),
  title: Text.nullish(),
  html_url: Text.nullish(),
  created_at: Time,
  service: Reference,
  urgency: Text.nullish(),
  priority: Reference.nullish(),
  escalation_policy: Reference.nullish(),
});

/** A webhook subscription of version 3; what is no incident has data of another shape. */
const Envelope = z.object({
  event: z.object({ event_type: Text.min(1), occurred_at: Time, data: z.unknown() }),
});
const IncidentEvent = z.object({
  event: z.object({ event_type: Text, occurred_at: Time, data: Incident }),
});

/** What happens to an incident there, in our words; the other events say nothing that we go by. */
const statuses: Readonly<Record<string, 'firing' | 'resolved'>> = {
  'incident.triggered': 'firing',
  'incident.reopened': 'firing',
  'incident.resolved': 'resolved',
};

/**
 * An incident of PagerDuty is a group of one alert. Its labels are what policies of the settings match:
 * `service`, `urgency`, `priority`, `escalation_policy` as they are called there, and `service_id`.
 */
export const readPagerDutyPayload: ReadAlert = (body) => {
  const envelope = understand(Envelope, body);
  if (!envelope.ok) return envelope;
  const status = statuses[envelope.value.event.event_type];
  if (status === undefined) return { ok: true, notification: null };
  const read = understand(IncidentEvent, body);
  if (!read.ok) return read;

  const { event_type: type, occurred_at: at, data } = read.value.event;
  const title = data.title || `Incident ${data.id} of PagerDuty`;
  const labels = {
    alertname: title,
    service: data.service.summary || data.service.id,
    service_id: data.service.id,
    ...(data.urgency && { urgency: data.urgency }),
    ...(data.priority && { priority: data.priority.summary || data.priority.id }),
    ...(data.escalation_policy && {
      escalation_policy: data.escalation_policy.summary || data.escalation_policy.id,
    }),
  };
  return {
    ok: true,
    notification: {
      source: 'pagerduty',
      group: `pagerduty:${data.id}`,
      status,
      labels,
      annotations: { summary: title },
      alerts: [
        {
          fingerprint: data.id,
          status,
          labels,
          annotations: { summary: title },
          // Reopened, it began anew: otherwise it would be told as a repetition of the first time.
          startsAt: type === 'incident.reopened' ? at : data.created_at,
          endsAt: status === 'resolved' ? at : null,
          url: data.html_url ?? null,
        },
      ],
    },
  };
};
