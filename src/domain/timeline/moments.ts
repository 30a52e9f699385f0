import type { Actor } from '#domain/ids.ts';
import type { Moment } from '#domain/incident/moment.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';

import { healthyAfterWrite } from './healthy-after-write.ts';
import type { RecordedEvent } from './recorded-event.ts';

/** When something of an incident was, and how that was corrected, oldest first. */
export type MomentRecord = {
  at: string | null;
  corrections: readonly { at: string; by: Actor; from: string | null; to: string | null }[];
};

/**
 * The record knows by itself when the trouble began, when somebody declared it, when a person first did
 * something, when the service was healthy after a write, and when it was resolved. What a person
 * has said of it since holds in place of that.
 */
export function incidentMoments(
  events: readonly RecordedEvent[],
): Readonly<Record<Moment, MomentRecord>> {
  const found = { ...knownByItself(events) };
  const corrections: Record<Moment, MomentRecord['corrections'][number][]> = {
    started: [],
    detected: [],
    acknowledged: [],
    mitigated: [],
    resolved: [],
  };
  for (const { event } of events) {
    if (event.type === 'MomentSet') {
      found[event.moment] = event.to;
      corrections[event.moment].push({
        at: event.at,
        by: event.actor,
        from: event.from,
        to: event.to,
      });
    }
    // What was said of an earlier end does not hold of the next one.
    if (event.type === 'IncidentResolved') found.resolved = event.at;
    if (event.type === 'IncidentReopened') found.resolved = null;
  }
  const of = (moment: Moment) => ({ at: found[moment], corrections: corrections[moment] });
  return {
    started: of('started'),
    detected: of('detected'),
    acknowledged: of('acknowledged'),
    mitigated: of('mitigated'),
    resolved: of('resolved'),
  };
}

/** A run outside of an incident has no declaration and no resolution: it starts with its first event. */
function knownByItself(events: readonly RecordedEvent[]): Record<Moment, string | null> {
  const first = (is: (event: StreamEvent) => boolean) =>
    events.find(({ event }) => is(event))?.event.at ?? null;
  const declared = events.find(({ event }) => event.type === 'IncidentDeclared')?.event;
  return {
    started:
      declared?.type === 'IncidentDeclared' ? declared.startedAt : (events[0]?.event.at ?? null),
    detected: first(isDeclaration),
    acknowledged: first(({ actor }) => actor.kind === 'person'),
    mitigated: healthyAfterWrite(events),
    resolved: null,
  };
}

function isDeclaration(event: StreamEvent): boolean {
  return event.type === 'SuggestionTaken' || (event.type === 'IncidentDeclared' && event.declared);
}
