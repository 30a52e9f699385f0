import { renderText } from '#domain/expressions/evaluate.ts';
import type { Incident } from '#domain/incident/state.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Stream } from '#domain/stream/stream.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { channelScope } from './channel-scope.ts';
import type { Loaded } from './load.ts';
import { savePosted, type Posted } from './posted.ts';

/**
 * People, topic and bookmarks of the incident's channel. What can't be kept keeps nothing else from it;
 * false where some of it may be kept later.
 */
export async function keepChannel(
  app: App,
  { stream }: Loaded,
  posted: Posted,
  signal: AbortSignal,
): Promise<boolean> {
  const { incident } = stream;
  if (incident?.channel == null || incident.archive?.done === true) return true;
  const { id: channel } = incident.channel;
  let whole = true;
  const keep = async (what: string, change: () => Promise<void>) => {
    signal.throwIfAborted();
    try {
      await change();
      signal.throwIfAborted();
      await savePosted(app, stream.id, 'main', posted);
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      if (error.retry) whole = false;
      if (error.code === 'ratelimited') return;
      app.log.warn({ error, stream: stream.id, what }, 'the channel could not be kept');
    }
  };

  const people = await peopleOf(app, incident);
  const missing = people.filter((person) => !posted.invited.includes(person));
  if (missing.length > 0) {
    await keep('people', async () => {
      await app.chat.invite(channel, missing);
      posted.invited.push(...missing);
    });
  }
  const topic = topicOf(incident);
  if (topic !== posted.topic) {
    await keep('topic', async () => {
      await app.chat.setTopic(channel, topic);
      posted.topic = topic;
    });
  }
  for (const { title, url } of bookmarksOf(stream, incident, app.runbooks.settings())) {
    if (posted.bookmarks[title] === url) continue;
    await keep('bookmarks', async () => {
      await app.chat.bookmark(channel, { title, url });
      posted.bookmarks[title] = url;
    });
  }
  return whole;
}

/** A private incident has nobody in it who was not let in by name. */
async function peopleOf(app: App, incident: Incident): Promise<string[]> {
  const byName = [
    ...(incident.declaredBy.kind === 'person' ? [incident.declaredBy.id] : []),
    ...Object.values(incident.roles).map((person) => person.id),
    ...incident.people,
  ];
  if (incident.private) return [...new Set(byName)];
  const { services, incident: settings } = app.runbooks.settings();
  const owner = incident.service === null ? undefined : services[incident.service]?.owner;
  const groups = [
    ...(owner === undefined ? [] : [owner]),
    ...(settings.severities[incident.severity]?.invite ?? []),
  ];
  const members = await Promise.all(groups.map((group) => app.directory.members(group)));
  return [...new Set([...byName, ...members.flat()])];
}

function topicOf({ drill, severity, status, roles }: Incident): string {
  const commander = roles['commander']?.name ?? 'no commander';
  return `${drill ? 'Drill · ' : ''}${severity} · ${status} · ${commander}`;
}

/** Those of the settings, and the links of the runbooks that ran. */
function bookmarksOf(
  { runs }: Stream,
  incident: Incident,
  settings: Settings,
): { title: string; url: string }[] {
  const scope = channelScope(incident);
  const links = Object.values(runs).flatMap(({ document }) =>
    Object.entries(document.runbook.links).map(([title, url]) => ({ title, url })),
  );
  const own = settings.incident.bookmarks.map(({ title, url }) => ({
    title: renderText(title, scope),
    url: renderText(url, scope),
  }));
  return [...own, ...links].filter(({ url }) => /^https?:\/\//.test(url));
}
