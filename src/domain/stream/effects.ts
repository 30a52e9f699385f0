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

const kinds: ReadonlySet<string> = new Set([
  'measure',
  'observe',
  'plan',
  'preview',
  'write',
  'expire',
  'declare',
  'timeout',
  'escalate',
  'open-channel',
  'picture',
  'export-post-mortem',
  'archive',
  'pass-on',
  'remind',
]);

/** False for an effect of a kind that only a newer version has. Ids are `kind` or `run/kind:step:…`. */
export function isKnownEffect(id: string): boolean {
  const kind = /^(?:[^/:]*\/)?([a-z-]+)/.exec(id)?.[1] ?? '';
  return kinds.has(kind);
}

/** Nothing more is to come of the stream unless a person acts. */
export function isOpen(stream: Stream): boolean {
  const runs = Object.values(stream.runs).some((run) => run.end === null);
  const { status } = stream.incident ?? {};
  return runs || status === 'open' || status === 'suggested';
}
