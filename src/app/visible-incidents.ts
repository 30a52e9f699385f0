import type { Incident } from '#domain/incident/state.ts';

import type { App } from './app.ts';
import type { Permit } from './authorise.ts';
import { load } from './load.ts';

/**
 * Incidents, newest first, without the private ones that the person was not let into. `open`: neither
 * those that are over, nor an alert that nobody has declared.
 */
export async function visibleIncidents(
  app: App,
  permit: Pick<Permit, 'whyNot'>,
  { open, limit }: { open: boolean; limit: number },
): Promise<Incident[]> {
  const ids = await app.store.streams({ prefix: 'inc-', ...(open && { open }), limit });
  const found: Incident[] = [];
  for (const id of ids) {
    const { stream } = await load(app, id);
    const { incident } = stream;
    if (incident === null || permit.whyNot(stream) !== null) continue;
    if (!open || incident.status === 'open') found.push(incident);
  }
  return found;
}
