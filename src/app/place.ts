import { textOf } from '#domain/json.ts';
import type { Run } from '#domain/run/state.ts';

import type { App } from './app.ts';
import type { Permit } from './authorise.ts';
import { load, type Loaded } from './load.ts';
import { refused, rejectedReply } from './reply.ts';
import type { Origin, Reply } from './use-cases.ts';
import { visibleIncidents } from './visible-incidents.ts';

/** The incident whose channel this is, or the refusal that says where to go instead. */
export async function incidentHere(
  app: App,
  permit: Permit,
  origin: Origin,
): Promise<{ id: string; loaded: Loaded } | { reply: Reply }> {
  const id = origin.channel === null ? '' : textOf(await app.store.mark('channel', origin.channel));
  if (id !== '') {
    const loaded = await load(app, id);
    const rejection = permit.whyNot(loaded.stream);
    return rejection === null ? { id, loaded } : { reply: rejectedReply(rejection) };
  }
  const open = await openChannels(app, permit);
  const where =
    open.length === 0
      ? `There is no open incident. Declare one with /${commandName(app, 'incident')} declare.`
      : `Go to the channel of an open incident: ${open.join(', ')}.`;
  return { reply: refused('place.no-incident', `This channel is not an incident's. ${where}`) };
}

/** The stream of this channel: an incident, or the run that was started here last. */
export async function streamHere(app: App, origin: Origin): Promise<string | null> {
  if (origin.channel === null) return null;
  const incident = textOf(await app.store.mark('channel', origin.channel));
  return incident || textOf(await app.store.mark('run-in', origin.channel)) || null;
}

/** Open runs that a person can steer, newest last. */
export function openRuns(loaded: Loaded): Run[] {
  return Object.values(loaded.stream.runs).filter((run) => run.end === null && run.parent === null);
}

async function openChannels(app: App, permit: Permit): Promise<string[]> {
  const incidents = await visibleIncidents(app, permit, { open: true, limit: 5 });
  return incidents.flatMap(({ channel }) => (channel === null ? [] : [`#${channel.name}`]));
}

export function commandName(app: App, which: 'incident' | 'runbook'): string {
  return app.runbooks.settings().incident.commands[which].replace(/^\//, '');
}
