import type { Incident } from '#domain/incident/state.ts';
import type { IncidentStanding } from '#ports/chat-messages.ts';

/** How an incident that was declared stands. */
export function standingOf({ status }: Pick<Incident, 'status'>): IncidentStanding {
  return status === 'resolved' || status === 'merged' ? status : 'open';
}
