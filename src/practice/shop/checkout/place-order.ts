import { request, type Dispatcher } from 'undici';
import { z } from 'zod';

import type { Configuration } from './release.ts';

export const Order = z.object({
  /** In cents. */
  amount: z.int().min(1).default(4200),
  method: z.enum(['card', 'wallet']).default('card'),
  /** Placed by an engineer, not a customer: really paid, counted apart. */
  test: z.boolean().default(false),
});
export type Order = z.infer<typeof Order>;

export type OrderResult =
  | { status: 201; payment: string }
  | { status: 402; error: string }
  | { status: 500; why: string; error: string };

/** Where a payment goes, and what we are known by there. */
export type Way = { url: string; apiKey: string };

const Receipt = z.object({ id: z.string() });

/**
 * Cards are paid through gateway A, wallets through gateway B where one is configured; all of them
 * through B while A is switched off.
 */
export function gatewayFor(
  { method }: Order,
  configuration: Configuration,
  isOff: { a: boolean },
): Way {
  const {
    PAYMENT_GATEWAY_URL = '',
    PAYMENT_GATEWAY_API_KEY = '',
    PAYMENT_GATEWAY_B_URL = '',
    PAYMENT_GATEWAY_B_API_KEY = '',
  } = configuration;
  const throughB = (method === 'wallet' || isOff.a) && PAYMENT_GATEWAY_B_URL !== '';
  return throughB
    ? { url: PAYMENT_GATEWAY_B_URL, apiKey: PAYMENT_GATEWAY_B_API_KEY }
    : { url: PAYMENT_GATEWAY_URL, apiKey: PAYMENT_GATEWAY_API_KEY };
}

/** Takes the money through the gateway. Whatever goes wrong is a 500. */
export async function placeOrder(
  order: Order,
  through: { gateway: Way; configuration: Configuration; dispatcher: Dispatcher },
): Promise<OrderResult> {
  const { gateway, configuration, dispatcher } = through;
  try {
    const response = await request(new URL('/v1/payments', gateway.url), {
      method: 'POST',
      dispatcher,
      signal: AbortSignal.timeout(Number(configuration['PAYMENT_GATEWAY_TIMEOUT_MS'] ?? 2000)),
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${gateway.apiKey}`,
      },
      body: JSON.stringify({ amount: order.amount, currency: 'EUR' }),
    });
    if (response.statusCode === 200) {
      return { status: 201, payment: Receipt.parse(await response.body.json()).id };
    }
    await response.body.dump();
    return response.statusCode === 402
      ? { status: 402, error: 'the card was declined' }
      : failed(`HTTP ${response.statusCode}`);
  } catch (error) {
    return failed(reason(error));
  }
}

function failed(why: string): OrderResult {
  return { status: 500, why, error: `payment gateway: ${why}` };
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'timeout';
  return 'code' in error ? String(error.code) : error.message;
}
