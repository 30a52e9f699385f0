import type { Incident } from '#domain/incident/state.ts';
import { fold } from '#domain/stream/stream.ts';

import { type Entry, timelineEntries } from './entries.ts';
import { type Metrics, incidentMetrics } from './metrics.ts';
import type { RecordedEvent } from './recorded-event.ts';

/** A record as it is read by people. `incident` is null for a run outside of an incident. */
export type IncidentRecord = {
  id: string;
  title: string;
  incident: Incident | null;
  metrics: Metrics;
  entries: readonly Entry[];
};

export function readRecord(id: string, events: readonly RecordedEvent[]): IncidentRecord {
  const { incident, runs } = fold(
    id,
    events.map(({ event }) => event),
  );
  const [run] = Object.values(runs);
  return {
    id: incident?.id ?? id,
    title: incident?.title ?? run?.document.runbook.title ?? id,
    incident,
    metrics: incidentMetrics(events),
    entries: timelineEntries(events),
  };
}
