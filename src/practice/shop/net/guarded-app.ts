import { Hono } from 'hono';

import { problem } from './problem.ts';
import type { NodeApp } from './serve-app.ts';

/** An API that answers who knows its token, and says so of what it does not have. */
export function createGuardedApp(token: string): NodeApp {
  const app: NodeApp = new Hono();

  app.use(async (context, next) => {
    if (context.req.header('authorization') !== `Bearer ${token}`) {
      return problem(context, 401, { code: 'unauthenticated', message: 'The token is not known' });
    }
    await next();
    return context.res;
  });
  app.notFound((context) =>
    problem(context, 404, { code: 'not_found', message: 'There is nothing here' }),
  );
  return app;
}
