import { z } from 'zod';

/** Where a practice shop listens: what it can be told, and what it measures of itself. */
export type ShopAddress = { controlUrl: string; prometheusUrl: string };

const Deployment = z.object({
  id: z.string(),
  build: z.string(),
  kind: z.enum(['deploy', 'rollback']),
  status: z.enum(['running', 'succeeded', 'failed']),
  startedAt: z.iso.datetime(),
  actor: z.string(),
});
export type Deployment = z.infer<typeof Deployment>;

const State = z.object({
  orders: z.object({ ok: z.number(), failed: z.number() }),
  deployments: z.object({ production: z.array(Deployment), staging: z.array(Deployment) }),
  alerts: z.record(z.string(), z.object({ status: z.string() })),
  flags: z.record(z.string(), z.object({ value: z.boolean() })),
});

const Fault = z.object({
  id: z.string(),
  title: z.string(),
  sentence: z.string(),
  on: z.boolean(),
});
const Faults = z.object({ faults: z.array(Fault) });
export type Fault = z.infer<typeof Fault>;

export type ShopState = z.infer<typeof State> & z.infer<typeof Faults>;

const Answer = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

const DEADLINE_MS = 3_000;

export type ShopClient = {
  state(): Promise<ShopState>;
  /** What a query answers now: the number, or null where there is none. */
  measure(query: string): Promise<number | null>;
  /** Null, or why it was not done. */
  setFault(id: string, on: boolean): Promise<string | null>;
  reset(): Promise<string | null>;
};

/** The shop, as anybody sees it over the network. */
export function createShopClient({ controlUrl, prometheusUrl }: ShopAddress): ShopClient {
  async function tell(
    method: 'PUT' | 'POST',
    place: string,
    body?: object,
  ): Promise<string | null> {
    const response = await ask(new URL(place, controlUrl), {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) return null;
    const said = z.object({ error: z.string() }).safeParse(await response.json());
    return said.success ? said.data.error : `The shop answered ${response.status}.`;
  }

  return {
    async state() {
      const [state, faults] = await Promise.all(
        ['/state', '/faults'].map(async (place) => (await ask(new URL(place, controlUrl))).json()),
      );
      return { ...State.parse(state), ...Faults.parse(faults) };
    },

    async measure(query) {
      const url = new URL('/api/v1/query', prometheusUrl);
      url.searchParams.set('query', query);
      const response = await ask(url);
      if (!response.ok) return null;
      const { result } = Answer.parse(await response.json()).data;
      const value = Number(result[0]?.value[1] ?? Number.NaN);
      return Number.isFinite(value) ? value : null;
    },

    setFault: (id, on) => tell('PUT', `/faults/${encodeURIComponent(id)}`, { on }),
    reset: () => tell('POST', '/reset'),
  };
}

function ask(url: URL, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(DEADLINE_MS) });
}
