import { createShopClient, type ShopAddress, type ShopState } from './shop-client.ts';

export type Point = {
  at: Date;
  /** Null where there is no data. */
  ordersPerSecond: number | null;
  errorRate: number | null;
  p95Seconds: number | null;
};

/** The shop as it was seen last. */
export type ShopSight = {
  /** Null while it does not answer. */
  state: ShopState | null;
  /** Oldest first, one a second, as its Prometheus answers. */
  points: readonly Point[];
};

export type ShopWatch = {
  now(): ShopSight;
  setFault(id: string, on: boolean): Promise<string | null>;
  reset(): Promise<string | null>;
  close(): void;
};

export const SPAN_MS = 120_000;
const EVERY_MS = 1_000;

const all = 'service="checkout",environment="production"';
const QUERIES = {
  ordersPerSecond: `sum(rate(http_requests_total{${all},code="201"}[5s]))`,
  errorRate: `(sum(rate(http_requests_total{${all},code=~"5.."}[5s])) or vector(0)) / sum(rate(http_requests_total{${all}}[5s]))`,
  p95Seconds: `histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{${all}}[5s])))`,
} as const;

/** Looks at the shop every second; the figures are those of its own metrics, the rest is what it says. */
export function watchShop(address: ShopAddress, now: () => Date): ShopWatch {
  const client = createShopClient(address);
  let state: ShopState | null = null;
  let points: readonly Point[] = [];
  let looking = false;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    const at = now();
    const [seen, ordersPerSecond, errorRate, p95Seconds] = await Promise.all([
      client.state().catch(() => null),
      ...[QUERIES.ordersPerSecond, QUERIES.errorRate, QUERIES.p95Seconds].map((query) =>
        client.measure(query).catch(() => null),
      ),
    ]);
    state = seen;
    const point = {
      at,
      ordersPerSecond: ordersPerSecond ?? null,
      errorRate: errorRate ?? null,
      p95Seconds: p95Seconds ?? null,
    };
    points = [...points, point].filter((one) => at.getTime() - one.at.getTime() <= SPAN_MS);
    looking = false;
  }

  const timer = setInterval(() => void look(), EVERY_MS);
  void look();

  async function told(answer: Promise<string | null>): Promise<string | null> {
    const refused = await answer.catch(() => 'The shop does not answer.');
    state = await client.state().catch(() => state);
    return refused;
  }

  return {
    now: () => ({ state, points }),
    setFault: (id, on) => told(client.setFault(id, on)),
    reset: () => told(client.reset()),
    close: () => clearInterval(timer),
  };
}
