import type { Stream, StreamEvent } from '#domain/stream/stream.ts';

import type { App } from './app.ts';
import type { Loaded } from './load.ts';

/** The members of every group that the messages of a stream speak to, as they are now. */
export async function membersOf(
  app: App,
  { stream, events }: Loaded,
): Promise<(group: string) => readonly string[]> {
  const groups = new Map<string, readonly string[]>();
  for (const group of new Set(events.flatMap(({ event }) => groupsOf(app, stream, event)))) {
    groups.set(group, await app.directory.members(group));
  }
  return (group) => groups.get(group) ?? [];
}

/** Whose members are asked, or told, because of an event. */
function groupsOf(app: App, stream: Stream, event: StreamEvent): readonly string[] {
  switch (event.type) {
    case 'ApprovalRequested':
      return event.groups;
    case 'GlassBroken':
      return [ownerOf(app, stream)].filter((owner) => owner !== null);
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
