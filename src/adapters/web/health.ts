import { Hono } from 'hono';

import { together } from './together.ts';

/**
 * `GET /healthz`: the process lives. `GET /readyz`: it may be given work, that is, the database
 * answers and it is not about to stop.
 */
export function healthRoutes(deps: {
  databaseAnswers: () => Promise<boolean>;
  isDraining: () => boolean;
}): Hono {
  const routes = new Hono();
  const databaseAnswers = together(deps.databaseAnswers);
  routes.get('/healthz', (context) => context.json({ status: 'ok' }));
  routes.get('/readyz', async (context) => {
    if (deps.isDraining()) return context.json({ status: 'stopping' }, 503);
    if (await databaseAnswers()) return context.json({ status: 'ok' });
    return context.json({ status: 'the database does not answer' }, 503);
  });
  return routes;
}
