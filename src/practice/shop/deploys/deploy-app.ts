import type { Context } from 'hono';
import { z } from 'zod';

import { createGuardedApp } from '#practice/shop/net/guarded-app.ts';
import { problem } from '#practice/shop/net/problem.ts';
import { readBody } from '#practice/shop/net/read-body.ts';
import type { NodeApp } from '#practice/shop/net/serve-app.ts';

import type { Environment } from './environment.ts';
import type { RollbackFaults } from './rollback-faults.ts';
import { KEY, startRollback } from './start-rollback.ts';

const ROOT = '/v1/services/:service/environments/:environment';

const FreezeRequest = z.strictObject({ frozen: z.boolean(), reason: z.string().max(1000) });

/** The deploy API over HTTP, as its OpenAPI document describes it. */
export function createDeployApp(deps: {
  token: string;
  environments: ReadonlyMap<string, Environment>;
  faults: () => RollbackFaults;
  closing: AbortSignal;
}): NodeApp {
  const app = createGuardedApp(deps.token);

  function environmentOf(context: Context): Environment | undefined {
    if (context.req.param('service') !== 'checkout') return undefined;
    return deps.environments.get(context.req.param('environment') ?? '');
  }

  app.get(`${ROOT}/deployments`, (context) => {
    const environment = environmentOf(context);
    if (environment === undefined) return context.notFound();

    const limit = Number(context.req.query('limit') ?? 10);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
      const message = 'limit must be a whole number from 1 to 100';
      return problem(context, 400, { code: 'invalid', message });
    }
    return context.json({ deployments: environment.list(limit) });
  });

  app.get(`${ROOT}/deployments/:id/configuration`, (context) => {
    const found = environmentOf(context)?.find(context.req.param('id'));
    if (found === undefined) return context.notFound();

    const values = Object.entries(found.settings).map(([key, { value, secret }]) => [
      key,
      { value: secret ? null : value, secret },
    ]);
    return context.json({ deployment: found.deployment.id, values: Object.fromEntries(values) });
  });

  app.get(`${ROOT}/rollbacks`, (context) => {
    const environment = environmentOf(context);
    if (environment === undefined) return context.notFound();

    const key = context.req.query('key') ?? '';
    if (!KEY.test(key)) {
      return problem(context, 400, { code: 'invalid', message: 'key is required' });
    }
    const rollback = environment.findRollback({ key });
    return context.json({ rollbacks: rollback === undefined ? [] : [rollback] });
  });

  app.get(`${ROOT}/rollbacks/:id`, (context) => {
    const rollback = environmentOf(context)?.findRollback({ id: context.req.param('id') });
    return rollback === undefined ? context.notFound() : context.json(rollback);
  });

  app.get(`${ROOT}/freeze`, (context) => {
    const environment = environmentOf(context);
    return environment === undefined ? context.notFound() : context.json(environment.freeze());
  });

  app.put(`${ROOT}/freeze`, async (context) => {
    const environment = environmentOf(context);
    if (environment === undefined) return context.notFound();
    const body = await readBody(context, FreezeRequest);
    if (!body.ok) return problem(context, 400, { code: 'invalid', message: body.message });
    return context.json(environment.setFreeze(body.data));
  });

  app.post(`${ROOT}/rollbacks`, async (context) => {
    const environment = environmentOf(context);
    return environment === undefined
      ? context.notFound()
      : startRollback(context, environment, { faults: deps.faults(), closing: deps.closing });
  });

  return app;
}
