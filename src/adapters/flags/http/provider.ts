import { z } from 'zod';

import { problemIn, read, refusalOf, refusedBy } from '#adapters/flags/ask.ts';
import type { FlagProvider } from '#adapters/flags/provider.ts';
import type { FlagTarget } from '#ports/flags.ts';

const Flag = z.object({ flag: z.string(), value: z.json() });
const Changed = Flag.extend({ previous: z.json() });

/** Statuses after which the contract promises that nothing was changed, and that say why. */
const NOTHING_CHANGED = new Set([400, 401, 403, 404, 409, 422]);

/** The HTTP contract in `openapi.yaml`. */
export const httpFlags: FlagProvider = {
  type: 'http',
  credentials: (token) => (token === null ? {} : { authorization: `Bearer ${token}` }),

  async read({ ask }, target) {
    return read(Flag, await ask({ path: pathOf(target), method: 'GET' })).value;
  },

  async set({ ask }, target, { from, to, key, reason }) {
    const response = await ask({
      path: pathOf(target),
      method: 'PUT',
      headers: { 'idempotency-key': key },
      body: { value: to, expected: from, reason: reason.slice(0, 1_000) },
    });
    if (response.status === 200) return { kind: 'set', previous: read(Changed, response).previous };
    if (!NOTHING_CHANGED.has(response.status)) throw refusedBy(response);
    const { code, current } = problemIn(response);
    return response.status === 409 && code === 'changed' && current !== undefined
      ? { kind: 'changed', current }
      : { kind: 'refused', message: refusalOf(response) };
  },
};

function pathOf({ service, environment, flag }: FlagTarget): string {
  const [inService, inEnvironment, name] = [service, environment, flag].map(encodeURIComponent);
  return `/v1/services/${inService}/environments/${inEnvironment}/flags/${name}`;
}
