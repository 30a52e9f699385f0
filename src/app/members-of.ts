import type { Stream, StreamEvent } from '#domain/stream/stream.ts';

import type { App } from './app.ts';
import type { Lane } from './execute.ts';
import { createKeptMembers } from './kept-members.ts';
import type { Loaded } from './load.ts';
import { groupsPassedBy } from './read-models/notices.ts';

/** The members of every group that the messages of a lane speak to, as they are now. */
export async function membersOf(
  app: App,
  { stream, events }: Loaded,
  lane: Lane,
): Promise<(group: string) => readonly string[]> {
  const groups = new Map<string, readonly string[]>();
  const named = events.flatMap(({ event }) =>
    lane === 'main'
      ? askedBy(event)
      : lane === 'notice'
        ? toldOf(app, { stream, events }, event)
        : [],
  );
  for (const group of new Set(named)) {
    groups.set(group, await toTell(app, group));
  }
  return (group) => groups.get(group) ?? [];
}

/** While chat does not say, whom to tell goes by what it said last; who may act never does. */
async function toTell(app: App, group: string): Promise<readonly string[]> {
  const members = await app.directory.members(group);
  const settings = app.runbooks.settings().groups[group];
  if (settings?.kind !== 'usergroup' || !app.directory.unread().includes(group)) return members;
  const kept = await createKeptMembers(app).recall(settings.usergroup);
  return kept === null || kept.old ? [] : kept.members;
}

function askedBy(event: StreamEvent): readonly string[] {
  return event.type === 'ApprovalRequested' ? event.groups : [];
}

function toldOf(
  app: App,
  { stream, events }: Pick<Loaded, 'stream' | 'events'>,
  event: StreamEvent,
): readonly string[] {
  const owner = [ownerOf(app, stream)].filter((one) => one !== null);
  switch (event.type) {
    case 'GlassBroken':
      return groupsPassedBy(events, event);
    case 'RoleGivenBack':
      return event.actor.kind === 'person' ? [] : owner;
    case 'ProblemNoted':
      return event.key.startsWith('place:') ? owner : [];
    case 'ApprovalRequested':
      return event.breakGlass;
    case 'Escalated':
      return [event.tell];
    case 'Told':
      return event.to;
    default:
      return [];
  }
}

function ownerOf(app: App, { incident }: Stream): string | null {
  const service = incident?.service ?? null;
  return service === null ? null : (app.runbooks.settings().services[service]?.owner ?? null);
}
