import { z } from 'zod';

import { PortError } from '#ports/port-error.ts';

import { read } from './ask.ts';
import type { FlagProvider } from './provider.ts';

/** No `value`: whoever asks is to take its own default, which we don't have. */
const Evaluation = z.object({ value: z.json().optional() });

/** OpenFeature's remote evaluation protocol (OFREP). It reads; nothing in it sets a flag. */
export const openFeature: FlagProvider = {
  type: 'openfeature',
  credentials: (token) => (token === null ? {} : { authorization: `Bearer ${token}` }),

  async read({ ask }, { flag, service, environment }) {
    const path = `/ofrep/v1/evaluate/flags/${encodeURIComponent(flag)}`;
    const context = { targetingKey: service, service, environment };
    const { value } = read(Evaluation, await ask({ path, method: 'POST', body: { context } }));
    if (value !== undefined) return value;
    const message = `The flag ${flag} has no value of its own: the code's default holds.`;
    throw new PortError('flags.refused', message, { retry: false });
  },

  async set() {
    const message =
      'A connection of type openfeature reads flags; to set one, use unleash or http.';
    return { kind: 'refused', message };
  },
};
