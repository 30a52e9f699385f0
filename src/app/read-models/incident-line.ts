import type { Incident } from '#domain/incident/state.ts';

/** An incident in a list. */
export type IncidentLine = {
  id: string;
  title: string;
  severity: string;
  drill: boolean;
  private: boolean;
  channel: string | null;
  commander: string | null;
  startedAt: string;
  minutes: number;
};

export function incidentLine(incident: Incident, now: string): IncidentLine {
  const { id, title, severity, drill, channel, roles, startedAt } = incident;
  return {
    id,
    title,
    severity,
    drill,
    private: incident.private,
    channel: channel?.id ?? null,
    commander: roles['commander']?.name ?? null,
    startedAt,
    minutes: Math.max(0, Math.round((Date.parse(now) - Date.parse(startedAt)) / 60_000)),
  };
}
