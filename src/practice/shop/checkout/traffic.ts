import { Agent, request } from 'undici';

import type { Chance } from '#practice/chance.ts';

const TICK_MS = 50;
const MOST_IN_FLIGHT = 200;
const DEADLINE_MS = 10_000;

export type Traffic = {
  perSecond(): number;
  setPerSecond(rate: number): void;
  /** As many as when practice began. */
  startAnew(): void;
  close(): Promise<void>;
};

/**
 * Customers: so many orders a second, whether or not earlier ones were answered. Beyond a
 * bound of orders in flight the next ones are not placed. A quarter pays with a wallet; who pays how
 * much and how is up to chance, when they come is not.
 */
export function createTraffic(url: string, rate: number, chance: Chance): Traffic {
  const dispatcher = new Agent({ connections: MOST_IN_FLIGHT });
  const closing = new AbortController();
  let perSecond = rate;
  let owed = 0;
  let inFlight = 0;

  async function placeOne(): Promise<void> {
    inFlight += 1;
    try {
      const response = await request(new URL('/orders', url), {
        method: 'POST',
        dispatcher,
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(DEADLINE_MS)]),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          amount: Math.floor(chance.between(1_000, 10_000)),
          method: chance.happens(1 / 4) ? 'wallet' : 'card',
        }),
      });
      await response.body.dump();
    } catch {
      // A customer who gets no answer goes away; the shop has counted what reached it.
    } finally {
      inFlight -= 1;
    }
  }

  const timer = setInterval(() => {
    owed += (perSecond * TICK_MS) / 1000;
    for (; owed >= 1; owed -= 1) {
      if (inFlight < MOST_IN_FLIGHT) void placeOne();
    }
  }, TICK_MS);

  return {
    perSecond: () => perSecond,
    setPerSecond(next) {
      perSecond = next;
    },
    startAnew() {
      perSecond = rate;
    },
    async close() {
      clearInterval(timer);
      closing.abort();
      await dispatcher.destroy();
    },
  };
}
