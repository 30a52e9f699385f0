import { bot } from '#domain/ids.ts';
import type { Incident } from '#domain/incident/state.ts';

import type { App } from './app.ts';
import { execute, type MachineCommand } from './execute.ts';
import type { Loaded } from './load.ts';
import { membersOf } from './members-of.ts';
import { type Posted, savePosted } from './posted.ts';

const lookEveryMs = 5 * 60_000;

/** That those who lead, and who are waited for, are still there. */
export async function seeToPeople(
  app: App,
  loaded: Loaded,
  posted: Posted,
  signal: AbortSignal,
): Promise<void> {
  if (loaded.stream.incident?.status !== 'open') return;
  await noteUnasked(app, loaded, posted);
  const now = app.clock.now();
  if (now.getTime() - Date.parse(posted.looked || '1970-01-01') < lookEveryMs) return;
  posted.looked = now.toISOString();
  signal.throwIfAborted();
  await savePosted(app, loaded.stream.id, 'main', posted);
  await freeRoles(app, loaded.stream.id, loaded.stream.incident);
}

/** Whose account is switched off leads nothing any more: the role is free again, and that is told. */
async function freeRoles(app: App, id: string, incident: Incident): Promise<void> {
  for (const [role, holder] of Object.entries(incident.roles)) {
    if (holder.kind !== 'person') continue;
    const person = await app.directory.person(holder.id);
    if (person.active || person.unanswered === true) continue;
    const at = app.clock.now().toISOString();
    await execute(app, id, (stream) =>
      stream.incident?.roles[role]?.id === holder.id
        ? [{ type: 'GiveBackRole', at, actor: bot, role }]
        : [],
    );
  }
}

/**
 * An approval that nobody is left to give would be waited for without end: it is said on the card and in
 * the channel, with who can break the glass.
 */
async function noteUnasked(app: App, loaded: Loaded, posted: Posted): Promise<void> {
  const { stream, events } = loaded;
  const members = await membersOf(app, loaded, 'main');
  const at = app.clock.now().toISOString();
  const commands: MachineCommand[] = [];
  for (const { event, position } of events) {
    if (event.type !== 'ApprovalRequested' || event.required === 0) continue;
    const key = `approval:${position}`;
    const write = stream.runs[event.run]?.steps[event.step]?.write;
    const request =
      write?.phase === 'approving' && write.request.since === event.at ? write.request : null;
    const unread = app.directory.unread();
    if (request?.groups.some((group) => unread.includes(group)) === true) continue;
    const done = new Set([event.requester.id, ...(request?.approvedBy ?? []).map(({ id }) => id)]);
    const able = [...new Set(event.groups.flatMap(members))].filter((id) => !done.has(id));
    const asked = able.filter((id) => posted.messages[`${key}:${id}`]?.gone !== true);
    const missing = request === null ? 0 : request.required - request.approvedBy.length;
    if (asked.length >= missing) {
      if (key in (stream.incident?.problems ?? {})) {
        commands.push({ type: 'SolveProblem', at, actor: bot, key });
      }
      continue;
    }
    const groups = event.groups.join(' or ') || 'nobody';
    const glass = event.breakGlass.join(' or ');
    const message =
      `Too few people of ${groups} are left to approve what ${event.requester.name} has asked for. ` +
      (glass === ''
        ? 'Stop it, or change the group.'
        : `Whoever is in ${glass} can break the glass.`);
    commands.push({ type: 'NoteProblem', at, actor: bot, key, message });
  }
  if (commands.length > 0) await execute(app, stream.id, () => commands);
}
