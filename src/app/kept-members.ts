import { z } from 'zod';

import type { Json } from '#domain/json.ts';
import type { Clock } from '#ports/clock.ts';
import type { EventStore } from '#ports/event-store.ts';

import type { App } from './app.ts';
import { createToldChanges } from './told-changes.ts';

/**
 * Who is in a user group, as chat last said it. The bot keeps it for the terminals of the day on which chat
 * says nothing, and to know whom to tell; it never goes by it for who may act.
 */
const Kept = z.object({ members: z.array(z.string()), at: z.iso.datetime(), change: z.json() });
/** `old`: too old to go by. `changed`: chat has told of a change since, and nobody knows which. */
export type Kept = { members: readonly string[]; at: string; old: boolean; changed: boolean };

/** As long as a night's shift; whoever left the group since then may still act at a terminal. */
export const keptMembersCountForMs = 8 * 60 * 60_000;
const refreshAfterMs = 10 * 60_000;
const lookEveryMs = 60_000;

type Store = Pick<EventStore, 'mark' | 'setMark'>;

export function createKeptMembers(deps: { store: Store; clock: Pick<Clock, 'now'> }) {
  const told = createToldChanges(deps.store);
  return {
    /** `change`: the last one that chat had told of before it was asked. */
    async keep(usergroup: string, members: readonly string[], change: Json): Promise<void> {
      const value = { members: [...members], at: deps.clock.now().toISOString(), change };
      await deps.store.setMark({ scope: 'usergroup', key: usergroup, value });
    },

    async recall(usergroup: string): Promise<Kept | null> {
      const found = Kept.safeParse(await deps.store.mark('usergroup', usergroup)).data;
      if (found === undefined) return null;
      const { members, at, change } = found;
      const old = deps.clock.now().getTime() - Date.parse(at) > keptMembersCountForMs;
      return { members, at, old, changed: (await told.last('usergroup', usergroup)) !== change };
    },
  };
}
export type KeptMembers = ReturnType<typeof createKeptMembers>;

/** Asks for every group now and then, and soon after a change, so that what is kept is what chat would say. */
export async function keepMembersFresh(
  app: Pick<App, 'directory' | 'runbooks' | 'clock' | 'store' | 'log'>,
  signal: AbortSignal,
): Promise<void> {
  const kept = createKeptMembers(app);
  const asked = new Map<string, number>();
  while (!signal.aborted) {
    try {
      for (const [name, group] of Object.entries(app.runbooks.settings().groups)) {
        if (group.kind !== 'usergroup') continue;
        const known = await kept.recall(group.usergroup);
        const now = app.clock.now().getTime();
        const last = Math.max(asked.get(name) ?? 0, Date.parse(known?.at ?? '1970-01-01'));
        if (known?.changed !== true && now - last < refreshAfterMs) continue;
        asked.set(name, now);
        await app.directory.members(name);
      }
    } catch (error) {
      app.log.warn({ error }, 'the members of user groups could not be kept fresh');
    }
    await app.clock.pause(lookEveryMs, signal).catch(() => {});
  }
}
