import { createToldChanges, noteChange, type Changed } from '#app/told-changes.ts';
import type { Json } from '#domain/json.ts';

/** What Slack told of changes, in memory. */
export function createMemoryChanges() {
  const marks = new Map<string, Json>();
  const revoked: string[] = [];
  const store = {
    mark: async (scope: string, key: string) => marks.get(`${scope} ${key}`) ?? null,
    setMark: async ({ scope, key, value }: { scope: string; key: string; value: Json }) =>
      void marks.set(`${scope} ${key}`, value),
    streams: async () => [],
  };
  const tokens = { revoke: async (person: string) => revoked.push(person) > 0 };
  const jobs = { enqueue: async () => {} };
  return {
    ...createToldChanges(store),
    tell: (changed: Changed) => noteChange({ store, tokens, jobs }, changed),
    revoked,
  };
}
