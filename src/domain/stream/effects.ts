import { dueIncidentEffects, type IncidentEffect } from '#domain/incident/effects.ts';
import { dueRunEffects, type RunEffect } from '#domain/run/effects.ts';

import type { Stream } from './stream.ts';

export type Effect = RunEffect | IncidentEffect;

/** Everything that the stream now needs from the outside; see `run/effects.ts`. */
export function dueEffects(stream: Stream): readonly Effect[] {
  const { incident, runs } = stream;
  const ofRuns = Object.values(runs).flatMap((run) => dueRunEffects(run, incident));
  return [...(incident === null ? [] : dueIncidentEffects(incident, runs)), ...ofRuns];
}

/** Nothing more is to come of the stream unless a person acts. */
export function isOpen(stream: Stream): boolean {
  const runs = Object.values(stream.runs).some((run) => run.end === null);
  const { status } = stream.incident ?? {};
  return runs || status === 'open' || status === 'suggested';
}
