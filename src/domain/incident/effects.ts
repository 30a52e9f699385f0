import { later } from '#domain/run/read.ts';
import type { Run } from '#domain/run/state.ts';

import type { Incident } from './state.ts';

/** What an incident now needs from the outside; the rules of `run/effects.ts` hold. */
export type IncidentEffect =
  | { type: 'OpenChannel' | 'ExportPostMortem' | 'PassOn'; id: string }
  | { type: 'ArchiveChannel'; id: string; runAt: string }
  | { type: 'KeepPicture'; id: string; message: string; file: number; source: string }
  /** A timer: an update is due. */
  | { type: 'Remind'; id: string; runAt: string; due: string };

/** So long at most a reminder keeps quiet while steps are at work. */
const quietMs = 5 * 60_000;

export function dueIncidentEffects(
  incident: Incident,
  runs: Readonly<Record<string, Run>>,
): readonly IncidentEffect[] {
  const { status, channel, postMortem, archive, merged, pictures } = incident;
  return [
    ...(status === 'open' && channel === null
      ? [{ type: 'OpenChannel', id: 'open-channel' } as const]
      : []),
    ...reminders(incident, runs),
    ...pictures.map(
      ({ message, file, source }) =>
        ({ type: 'KeepPicture', id: `picture:${message}:${file}`, message, file, source }) as const,
    ),
    ...(postMortem?.status === 'requested'
      ? [{ type: 'ExportPostMortem', id: `export-post-mortem.${postMortem.requests}` } as const]
      : []),
    ...(archive?.done === false && channel !== null
      ? [{ type: 'ArchiveChannel', id: `archive:${archive.at}`, runAt: archive.at } as const]
      : []),
    ...(merged?.told === false ? [{ type: 'PassOn', id: `pass-on:${merged.into}` } as const] : []),
  ];
}

/**
 * Nobody is to be nagged while a check or a write is at work: then the reminder waits for its end, which
 * makes the plain one due again, but for no longer than five minutes.
 */
function reminders(
  { status, nextUpdate }: Incident,
  runs: Readonly<Record<string, Run>>,
): IncidentEffect[] {
  if (status !== 'open' || nextUpdate === null) return [];
  const due = { type: 'Remind', due: nextUpdate } as const;
  return Object.values(runs).some(isAtWork)
    ? [{ ...due, id: `remind:${nextUpdate}:quiet`, runAt: later(nextUpdate, quietMs) }]
    : [{ ...due, id: `remind:${nextUpdate}`, runAt: nextUpdate }];
}

function isAtWork({ end, steps }: Run): boolean {
  if (end !== null) return false;
  return Object.values(steps).some(
    ({ finished, write, activities }) =>
      finished === null &&
      (write?.phase === 'approved' ||
        write?.phase === 'acting' ||
        activities.some(({ done }) => !done)),
  );
}
