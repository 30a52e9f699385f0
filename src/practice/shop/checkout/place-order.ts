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
  | { status: 500; error: string };

const Receipt = z.object({ id: z.string() });

/**
 * Cards are paid through gateway A, wallets through gateway B where one is configured; all of them
 * through B while A is switched off.
 */
export function gatewayFor(
  { method }: Order,
  configuration: Configuration,
  isOff: { a: boolean },
): string {
  const { PAYMENT_GATEWAY_URL = '', PAYMENT_GATEWAY_B_URL = '' } = configuration;
  const throughB = (method === 'wallet' || isOff.a) && PAYMENT_GATEWAY_B_URL !== '';
  return throughB ? PAYMENT_GATEWAY_B_URL : PAYMENT_GATEWAY_URL;
}

/** Takes the money through the gateway. Whatever goes wrong is a 500. */
export async function placeOrder(
  order: Order,
  way: { gateway: string; configuration: Configuration; dispatcher: Dispatcher },
): Promise<OrderResult> {
  const { gateway, configuration, dispatcher } = way;
  try {
    const response = await request(new URL('/v1/payments', gateway), {
      method: 'POST',
      dispatcher,
      signal: AbortSignal.timeout(Number(configuration['PAYMENT_GATEWAY_TIMEOUT_MS'] ?? 2000)),
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${configuration['PAYMENT_GATEWAY_API_KEY'] ?? ''}`,
      },
      body: JSON.stringify({ amount: order.amount, currency: 'EUR' }),
    });
    if (response.statusCode === 200) {
      return { status: 201, payment: Receipt.parse(await response.body.json()).id };
    }
    await response.body.dump();
    return response.statusCode === 402
      ? { status: 402, error: 'the card was declined' }
      : { status: 500, error: `payment gateway: HTTP ${response.statusCode}` };
  } catch (error) {
    return { status: 500, error: `payment gateway: ${reason(error)}` };
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'timeout';
  return 'code' in error ? String(error.code) : error.message;
}
