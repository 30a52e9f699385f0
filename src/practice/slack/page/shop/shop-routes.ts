import { Hono } from 'hono';
import { z } from 'zod';

import type { ShopWatch } from './shop-watch.ts';

/** What the panel's buttons do: `POST /faults/:id` `{on}` and `POST /reset`, answered as acts are. */
export function shopRoutes(shop: ShopWatch): Hono {
  const app = new Hono();

  app.post('/faults/:id', async (context) => {
    const { on } = z.object({ on: z.boolean() }).parse(await context.req.json());
    return context.json(result(await shop.setFault(context.req.param('id'), on)));
  });
  app.post('/reset', async (context) => context.json(result(await shop.reset())));

  return app;
}

function result(refused: string | null) {
  return refused === null ? { ok: true } : { ok: false, message: refused };
}
