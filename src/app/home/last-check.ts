import { z } from 'zod';

import type { App } from '#app/app.ts';

const Checked = z.object({
  at: z.iso.datetime(),
  findings: z.array(
    z.object({ area: z.string(), status: z.enum(['ok', 'problem', 'notSet']), text: z.string() }),
  ),
});

const place = { scope: 'self-check', key: 'last' };

/** What the last self-check found, or null. */
export async function lastCheck(app: Pick<App, 'store'>): Promise<z.infer<typeof Checked> | null> {
  return Checked.safeParse(await app.store.mark(place.scope, place.key)).data ?? null;
}

export async function checkItself(app: App): Promise<z.infer<typeof Checked>> {
  const findings = (await app.selfCheck.run()).map((finding) => ({ ...finding }));
  const value = { at: app.clock.now().toISOString(), findings };
  await app.store.setMark({ ...place, value });
  return value;
}
