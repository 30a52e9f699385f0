import { request } from 'undici';

import type { Delivery } from './notifier.ts';

export type AlertTarget = { url: string; token: string };

const DEADLINE_MS = 10_000;

/** Posts as Alertmanager does. Never rejects. */
export async function postWebhook(
  { url, token }: AlertTarget,
  body: object,
  closing: AbortSignal,
): Promise<Delivery> {
  try {
    const response = await request(url, {
      method: 'POST',
      // A connection of its own, so that none is left open between two posts.
      reset: true,
      signal: AbortSignal.any([closing, AbortSignal.timeout(DEADLINE_MS)]),
      headers: {
        'user-agent': 'Alertmanager/0.28.1',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    await response.body.dump();
    if (response.statusCode < 300) return 'delivered';
    return response.statusCode >= 500 ? 'undelivered' : 'refused';
  } catch {
    return 'undelivered';
  }
}
