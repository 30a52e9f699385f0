import { randomUUID } from 'node:crypto';

import { Hono } from 'hono';
import { z } from 'zod';

import { pause } from '#practice/pause.ts';
import { readBody } from '#practice/shop/net/read-body.ts';
import type { NodeApp } from '#practice/shop/net/serve-app.ts';

const Payment = z.object({ amount: z.int().min(1), currency: z.string().length(3) });

/** Above this amount, in cents, the bank says no. */
const CREDIT_LIMIT = 1_000_000;

/** The API of a payment provider. `delayMs` is asked anew for each request. */
export function createPaymentsApp(deps: {
  apiKeys: readonly string[];
  delayMs: () => number;
  closing: AbortSignal;
}): NodeApp {
  const app: NodeApp = new Hono();

  app.use(async (_context, next) => {
    await pause(deps.delayMs(), deps.closing);
    await next();
  });

  app.get('/health', (context) => context.json({ status: 'ok' }));

  app.post('/v1/payments', async (context) => {
    const key = context.req.header('authorization')?.replace(/^Bearer /, '');
    if (key === undefined || !deps.apiKeys.includes(key)) {
      return context.json({ error: 'unknown_api_key' }, 401);
    }
    const payment = await readBody(context, Payment);
    if (!payment.ok) return context.json({ error: 'bad_payment', message: payment.message }, 422);
    if (payment.data.amount > CREDIT_LIMIT) return context.json({ error: 'card_declined' }, 402);
    return context.json({ id: `pay_${randomUUID()}`, status: 'captured' });
  });

  return app;
}
