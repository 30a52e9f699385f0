import { once } from 'node:events';

import { z } from 'zod';

import { createGuardedApp } from '#practice/shop/net/guarded-app.ts';
import { problem } from '#practice/shop/net/problem.ts';
import { readBody } from '#practice/shop/net/read-body.ts';
import type { NodeApp } from '#practice/shop/net/serve-app.ts';

import type { FlagStore } from './flag-store.ts';

/**
 * How the flags' API misbehaves when a flag is set. `unavailable`: it answers 503, nothing happens.
 * `lost`: it sets the flag, and its answer never arrives.
 */
export const FlagFault = z.enum(['none', 'unavailable', 'lost']);
export type FlagFault = z.infer<typeof FlagFault>;

const Change = z.strictObject({
  value: z.json(),
  expected: z.json(),
  reason: z.string().max(1000),
});

/** The flags' API over HTTP, as its OpenAPI document describes it. Its flags are on or off. */
export function createFlagApp(deps: {
  token: string;
  environments: ReadonlyMap<string, FlagStore>;
  fault: () => FlagFault;
}): NodeApp {
  const app = createGuardedApp(deps.token);

  app.on(
    ['GET', 'PUT'],
    '/v1/services/checkout/environments/:environment/flags/:flag',
    async (context) => {
      const flag = context.req.param('flag');
      const store = deps.environments.get(context.req.param('environment'));
      const current = store?.find(flag);
      if (store === undefined || current === undefined) return context.notFound();
      if (context.req.method === 'GET') return context.json({ flag, ...current });

      if ((context.req.header('idempotency-key') ?? '') === '') {
        const message = 'The header Idempotency-Key is required';
        return problem(context, 400, { code: 'invalid', message });
      }
      const body = await readBody(context, Change);
      if (!body.ok) return problem(context, 400, { code: 'invalid', message: body.message });
      if (deps.fault() === 'unavailable') {
        return problem(context, 503, { code: 'unavailable', message: 'Try again later' });
      }

      const { value: previous } = store.find(flag) ?? current;
      const { value, expected } = body.data;
      if (value !== previous && expected !== previous) {
        const message = `${flag} is ${previous} now`;
        return problem(context, 409, { code: 'changed', message, current: previous });
      }
      if (typeof value !== 'boolean') {
        const message = `${flag} is true or false`;
        return problem(context, 422, { code: 'unfit', message });
      }
      if (value !== previous) store.set(flag, value);
      if (deps.fault() === 'lost') await once(context.env.outgoing, 'close');
      return context.json({ flag, ...(store.find(flag) ?? current), previous });
    },
  );

  return app;
}
