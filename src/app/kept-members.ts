import { z } from 'zod';

import type { Clock } from '#ports/clock.ts';
import type { EventStore } from '#ports/event-store.ts';

import type { App } from './app.ts';

/**
 * Who is in a user group, as chat last said it. The bot keeps it for the terminals of the day on which chat
 * says nothing, and to know whom to tell; it never goes by it for who may act.
 */
const Kept = z.object({ members: z.array(z.string()), at: z.iso.datetime() });
export type Kept = z.infer<typeof Kept>;

/** As long as a night's shift; whoever left the group since then may still act at a terminal. */
export const keptMembersCountForMs = 8 * 60 * 60_000;
const refreshEveryMs = 10 * 60_000;

type Store = Pick<EventStore, 'mark' | 'setMark'>;

export function createKeptMembers(deps: { store: Store; clock: Pick<Clock, 'now'> }) {
  return {
    async keep(usergroup: string, members: readonly string[]): Promise<void> {
      const value = { members: [...members], at: deps.clock.now().toISOString() };
      await deps.store.setMark({ scope: 'usergroup', key: usergroup, value });
    },

    /** `stale` is too old to go by. */
    async recall(usergroup: string): Promise<(Kept & { stale: boolean }) | null> {
      const found = Kept.safeParse(await deps.store.mark('usergroup', usergroup)).data;
      if (found === undefined) return null;
      const ageMs = deps.clock.now().getTime() - Date.parse(found.at);
      return { ...found, stale: ageMs > keptMembersCountForMs };
    },
  };
}
export type KeptMembers = ReturnType<typeof createKeptMembers>;

/** Asks for every group, now and then, so that what is kept is never much older than chat's last answer. */
export async function keepMembersFresh(
  app: Pick<App, 'directory' | 'runbooks' | 'clock' | 'log'>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    for (const group of Object.keys(app.runbooks.settings().groups)) {
      await app.directory.members(group);
    }
    await app.clock.pause(refreshEveryMs, signal).catch(() => {});
  }
}
