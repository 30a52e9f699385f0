import type { IncidentEvent } from '#domain/incident/events.ts';
import { declaredIncident, evolveIncident } from '#domain/incident/evolve.ts';
import type { Incident } from '#domain/incident/state.ts';
import type { RunEvent } from '#domain/run/events.ts';
import { evolveRun, startedRun } from '#domain/run/evolve.ts';
import type { Run } from '#domain/run/state.ts';

/**
 * All that happened in one place: an incident with the runs that belong to it, or a run of its own.
 * A called runbook is a run in the stream of its caller.
 */
export type Stream = {
  id: string;
  incident: Incident | null;
  runs: Readonly<Record<string, Run>>;
};

export type StreamEvent = RunEvent | IncidentEvent;

export function emptyStream(id: string): Stream {
  return { id, incident: null, runs: {} };
}

/** Folds one event into the stream. Never refuses: an event of a run that is unknown changes nothing. */
export function evolve(stream: Stream, event: StreamEvent): Stream {
  if (event.type === 'RunStarted') {
    return { ...stream, runs: { ...stream.runs, [event.run]: startedRun(event) } };
  }
  if (event.type === 'IncidentDeclared') {
    return { ...stream, incident: declaredIncident(event) };
  }
  if ('run' in event) {
    const run = stream.runs[event.run];
    if (run === undefined) return stream;
    return { ...stream, runs: { ...stream.runs, [event.run]: evolveRun(run, event) } };
  }
  return stream.incident === null
    ? stream
    : { ...stream, incident: evolveIncident(stream.incident, event) };
}

export function fold(id: string, events: Iterable<StreamEvent>): Stream {
  let stream = emptyStream(id);
  for (const event of events) stream = evolve(stream, event);
  return stream;
}
