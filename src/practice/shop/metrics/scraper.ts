import type { Registry } from './registry.ts';
import type { SeriesStore } from './series-store.ts';

/** Takes a sample of everything, at once and then at an interval, and tells `scraped` when it has. */
export function createScraper(deps: {
  everyMs: number;
  registry: Registry;
  store: SeriesStore;
  /** While true, the target cannot be scraped. */
  gap: () => boolean;
  now: () => Date;
  scraped: (atMs: number) => Promise<void>;
}): { close(): Promise<void> } {
  const pending = new Set<Promise<void>>();

  function scrape(): void {
    const at = deps.now().getTime();
    if (deps.gap()) deps.store.markStale(at);
    else deps.store.append(at, deps.registry.scrape());

    const told = deps.scraped(at).finally(() => pending.delete(told));
    pending.add(told);
  }

  scrape();
  const timer = setInterval(scrape, deps.everyMs);

  return {
    async close() {
      clearInterval(timer);
      await Promise.all(pending);
    },
  };
}
