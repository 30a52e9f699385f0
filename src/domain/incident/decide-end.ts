import { parseDuration } from '#domain/duration.ts';
import { bot } from '#domain/ids.ts';
import { later } from '#domain/run/read.ts';
import { clockTime, refuse, type Refusal } from '#domain/run/refusals.ts';
import { stopRuns } from '#domain/run/stop-runs.ts';
import type { Turn } from '#domain/stream/turn.ts';

import type { IncidentCommand } from './commands.ts';
import { nextUpdateFor } from './decide-updates.ts';
import type { Incident } from './state.ts';

type Command<Type> = Extract<IncidentCommand, { type: Type }>;

export function resolve(turn: Turn, incident: Incident, command: Command<'Resolve'>): Refusal {
  if (incident.status !== 'open') return notOpen(incident);
  emitResolved(turn, command);
  stopRuns(turn, 'The incident was resolved.');
  return null;
}

/** Whoever resolves it, a person or a step of its run: its channel is archived some days after. */
export function emitResolved(
  turn: Turn,
  { cause, followUps }: { cause: string; followUps: readonly string[] },
): void {
  const { archiveAfter } = turn.settings.incident;
  const ms = archiveAfter === null ? null : parseDuration(archiveAfter);
  turn.emit({
    type: 'IncidentResolved',
    followUps: [...followUps],
    archiveAt: ms === null ? null : later(turn.at, ms),
    texts: { cause },
  });
}

export function reportArchived(turn: Turn, { archive }: Incident): Refusal {
  if (archive?.done === false) turn.emit({ type: 'ChannelArchived', actor: bot });
  return null;
}

/** A channel that was archived does not come back: what is new then is a new incident. */
export function reopen(turn: Turn, incident: Incident, { reason }: Command<'Reopen'>): Refusal {
  if (incident.status !== 'resolved') {
    return refuse('incident.not-resolved', 'It is not resolved.');
  }
  if (incident.archive?.done === true) {
    return refuse(
      'incident.archived',
      'Its channel has been archived. Declare a new incident, and name this one in it.',
    );
  }
  turn.emit({
    type: 'IncidentReopened',
    nextUpdate: nextUpdateFor(turn, incident.severity),
    ...(reason !== null && { texts: { reason } }),
  });
  return null;
}

export function merge(
  turn: Turn,
  incident: Incident,
  { into, channel }: Command<'Merge'>,
): Refusal {
  if (incident.status !== 'open') return notOpen(incident);
  if (into === incident.id) return refuse('incident.itself', 'That is this incident itself.');
  turn.emit({ type: 'IncidentMerged', into, channel });
  stopRuns(turn, `The incident was merged into ${into}.`);
  return null;
}

/** Once for each incident. */
export function absorb(turn: Turn, incident: Incident, { other }: Command<'Absorb'>): Refusal {
  if (incident.absorbed.some((one) => one.incident === other.id)) return null;
  const roles = Object.values(other.roles).map(({ id }) => id);
  turn.emit({
    type: 'IncidentAbsorbed',
    incident: other.id,
    channel: other.channel,
    alerts: { ...other.alertGroups },
    people: [...new Set([...other.people, ...roles])],
    texts: { title: other.title },
  });
  return null;
}

function notOpen(incident: Incident): Refusal {
  const by = incident.resolvedBy?.name;
  return incident.resolvedAt === null
    ? refuse('incident.not-open', 'This incident is not open.')
    : refuse(
        'incident.already-resolved',
        `Already resolved by ${by ?? 'somebody'} at ${clockTime(incident.resolvedAt)} UTC.`,
      );
}

export function mergedText({ merged }: Incident): string {
  const where = merged?.channel == null ? '' : `: go to #${merged.channel.name}`;
  return `This incident was merged into ${merged?.into ?? 'another'}${where}.`;
}
