import type { Incident } from '#domain/incident/state.ts';
import { dueRunEffects, type RunEffect } from '#domain/run/effects.ts';

import type { Stream } from './stream.ts';

export type Effect = RunEffect | { type: 'OpenChannel' | 'ExportPostMortem'; id: string };

/** Everything that the stream now needs from the outside; see `run/effects.ts`. */
export function dueEffects(stream: Stream): readonly Effect[] {
  const { incident, runs } = stream;
  const ofRuns = Object.values(runs).flatMap((run) => dueRunEffects(run, incident));
  return [...ofIncident(incident), ...ofRuns];
}

function ofIncident(incident: Incident | null): readonly Effect[] {
  const { status, channel, postMortem } = incident ?? {};
  return [
    ...(status === 'open' && channel === null
      ? [{ type: 'OpenChannel', id: 'open-channel' } as const]
      : []),
    ...(postMortem?.status === 'requested'
      ? [{ type: 'ExportPostMortem', id: `export-post-mortem.${postMortem.requests}` } as const]
      : []),
  ];
}

/** Nothing more is to come of the stream unless a person acts. */
export function isOpen(stream: Stream): boolean {
  const runs = Object.values(stream.runs).some((run) => run.end === null);
  const { status } = stream.incident ?? {};
  return runs || status === 'open' || status === 'suggested';
}
