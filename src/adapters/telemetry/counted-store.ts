import type { EventStore } from '#ports/event-store.ts';

import type { Telemetry } from './telemetry.ts';

/** The same store; what it appended is counted. */
export function countedStore(
  store: EventStore,
  telemetry: Pick<Telemetry, 'appended'>,
): EventStore {
  return {
    ...store,
    async append(append) {
      const result = await store.append(append);
      if (result.kind === 'appended') telemetry.appended(append.events);
      return result;
    },
  };
}
