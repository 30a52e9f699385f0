import { Hono } from 'hono';

/** `GET /metrics`, for Prometheus. */
export function metricsRoutes(deps: {
  exposition: () => Promise<{ contentType: string; text: string }>;
}): Hono {
  const routes = new Hono();
  routes.get('/metrics', async (context) => {
    const { contentType, text } = await deps.exposition();
    return context.body(text, 200, { 'content-type': contentType });
  });
  return routes;
}
