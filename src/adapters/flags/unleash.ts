import { z } from 'zod';

import { textOf } from '#domain/json.ts';
import type { FlagTarget } from '#ports/flags.ts';

import { read, refusalOf, refusedBy } from './ask.ts';
import type { FlagProvider, Over } from './provider.ts';

/** What the admin API says of a feature in an environment; who is let in by its strategies is not asked. */
const FeatureEnvironment = z.object({ enabled: z.boolean() });

/** `400` unfit, `401` and `403` (also where change requests are asked for), `404` and `409`: nothing happened. */
const NOTHING_CHANGED = new Set([400, 401, 403, 404, 409, 415]);

/**
 * Unleash's admin API: a feature is on or off in an environment. It has no compare-and-set; with two
 * values none is missed: whoever changed it in between has made it what was wanted.
 */
export const unleash: FlagProvider = {
  type: 'unleash',
  credentials: (token) => (token === null ? {} : { authorization: token }),

  read: (over, target) => isEnabled(over, target),

  async set(over, target, { from, to }) {
    if (typeof to !== 'boolean') {
      const message = 'Unleash switches a flag on or off: its value is true or false.';
      return { kind: 'refused', message };
    }
    const current = await isEnabled(over, target);
    if (current === to) return { kind: 'set', previous: current };
    if (current !== from) return { kind: 'changed', current };

    const path = `${pathOf(over, target)}/${to ? 'on' : 'off'}`;
    const response = await over.ask({ path, method: 'POST', body: {} });
    if (response.status === 200) return { kind: 'set', previous: current };
    if (!NOTHING_CHANGED.has(response.status)) throw refusedBy(response);
    return { kind: 'refused', message: refusalOf(response) };
  },
};

async function isEnabled(over: Over, target: FlagTarget): Promise<boolean> {
  const response = await over.ask({ path: pathOf(over, target), method: 'GET' });
  return read(FeatureEnvironment, response).enabled;
}

/** Every feature belongs to a project; without one in the settings it is Unleash's `default`. */
function pathOf({ options }: Over, { environment, flag }: FlagTarget): string {
  const project = textOf(options['project'], 'default');
  const [inProject, name, where] = [project, flag, environment].map(encodeURIComponent);
  return `/api/admin/projects/${inProject}/features/${name}/environments/${where}`;
}
