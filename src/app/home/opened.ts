import { z } from 'zod';

import type { App } from '#app/app.ts';

/** Who has opened their home, and when; it is kept fresh for these only. */
const Opened = z.record(z.string(), z.object({ name: z.string(), at: z.iso.datetime() }));
type Opened = z.infer<typeof Opened>;

const place = { scope: 'home', key: 'opened' };
const freshForMs = 30 * 60_000;
/** Together with the pace of `homesJobs` well under what chat takes in a minute. */
const mostPeople = 15;

export async function openedLately(app: Pick<App, 'store' | 'clock'>): Promise<Opened> {
  const all = Opened.safeParse(await app.store.mark(place.scope, place.key)).data ?? {};
  const since = new Date(app.clock.now().getTime() - freshForMs).toISOString();
  const lately = Object.entries(all)
    .filter(([, { at }]) => at >= since)
    .toSorted(([, one], [, other]) => other.at.localeCompare(one.at));
  return Object.fromEntries(lately.slice(0, mostPeople));
}

export async function noteOpened(
  app: Pick<App, 'store' | 'clock'>,
  { id, name }: { id: string; name: string },
): Promise<void> {
  const at = app.clock.now().toISOString();
  const value = { ...(await openedLately(app)), [id]: { name, at } };
  await app.store.setMark({ ...place, value });
}
