import type { Entry } from './entries.ts';
import type { IncidentRecord } from './incident-record.ts';
import type { Metrics } from './metrics.ts';

/** Public: fields may be added, never renamed. `channel` is the chat's id of it. */
export type TimelineJson = {
  schemaVersion: 1;
  incident: {
    id: string;
    title: string;
    severity: string;
    status: string;
    channel: string | null;
    startedAt: string;
    resolvedAt: string | null;
    metrics: Metrics;
  } | null;
  entries: readonly Entry[];
};

export function timelineJson({ incident, metrics, entries }: IncidentRecord): TimelineJson {
  if (incident === null) return { schemaVersion: 1, incident: null, entries };
  const { id, title, severity, status, channel, startedAt, resolvedAt } = incident;
  return {
    schemaVersion: 1,
    incident: {
      id,
      title,
      severity,
      status,
      channel: channel?.id ?? null,
      startedAt,
      resolvedAt,
      metrics,
    },
    entries,
  };
}
