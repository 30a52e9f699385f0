import { Hono } from 'hono';

import { together } from './together.ts';

/** `GET /metrics`, for Prometheus. */
export function metricsRoutes(deps: {
  exposition: () => Promise<{ contentType: string; text: string }>;
}): Hono {
  const routes = new Hono();
  const exposition = together(deps.exposition);
  routes.get('/metrics', async (context) => {
    const { contentType, text } = await exposition();
    return context.body(text, 200, { 'content-type': contentType });
  });
  return routes;
}
