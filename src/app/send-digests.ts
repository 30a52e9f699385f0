import { oncallGroup } from '#domain/run/approval.ts';
import type { RunbookList } from '#ports/chat-messages.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { runbookList } from './read-models/runbook-list.ts';

type Place = { channel: string } | { person: string };

/** Tells each owner what needs attention, in one message a night, and nothing where all is well. */
export async function sendDigests(app: App, night: string): Promise<void> {
  const list = await runbookList(app);
  const owners = new Set([
    ...list.runbooks.map(({ owner }) => owner),
    ...Object.values(app.runbooks.settings().services).map(({ owner }) => owner),
  ]);
  for (const owner of owners) {
    const needs = attentionOf(list, owner);
    if (needs.runbooks.length > 0 || needs.files.length > 0) {
      await sendDigest(app, night, owner, needs);
    }
  }
}

/** What belongs to nobody, such as broken settings, is told to all. */
function attentionOf({ runbooks, files }: RunbookList, owner: string): RunbookList {
  return {
    runbooks: runbooks.filter((line) => line.owner === owner && line.attention.length > 0),
    files: files.filter((file) => file.owner === owner || file.owner === null),
  };
}

async function sendDigest(
  app: App,
  night: string,
  owner: string,
  list: RunbookList,
): Promise<void> {
  const mark = { scope: 'digest', key: `${night}|${owner}` };
  const before = await app.store.mark(mark.scope, mark.key);
  if (before === 'sent') return;
  await app.store.setMark({ ...mark, value: 'begun' });
  const key = app.sha256(`digest/${mark.key}`).slice(0, 32);
  const message = { kind: 'digest', owner, list } as const;
  for (const to of await placesOf(app, owner)) {
    try {
      await app.chat.post({ to, key, message, again: before !== null });
      await app.store.setMark({ ...mark, value: 'sent' });
      return;
    } catch (error) {
      if (!(error instanceof PortError) || error.retry) throw error;
      app.log.warn({ error, owner, ...to }, 'a digest could not be posted here');
    }
  }
  app.log.warn({ owner }, 'a digest has no place to go to');
}

/** The channel of a service of theirs; where there is none, whoever is on call for it. */
async function placesOf(app: App, owner: string): Promise<readonly Place[]> {
  const settings = app.runbooks.settings();
  const services = Object.entries(settings.services).filter(([, one]) => one.owner === owner);
  const channels = services.flatMap(([, { channel }]) => (channel === null ? [] : [{ channel }]));
  const service = services[0]?.[0] ?? null;
  const oncall =
    service === null ? [] : await app.directory.members(oncallGroup(settings, service));
  const people = oncall.length > 0 ? oncall : await app.directory.members(owner);
  return [...channels.slice(0, 1), ...people.map((person) => ({ person }))];
}
