import { mapFreeText } from '#domain/stream/free-text.ts';
import type { EventStore } from '#ports/event-store.ts';

/** The same store; no secret gets into the record, and so into nothing that is drawn from it. */
export function scrubbedStore(store: EventStore, scrub: (text: string) => string): EventStore {
  return {
    ...store,
    append: (append) =>
      store.append({
        ...append,
        events: append.events.map((one) => mapFreeText(one, scrub, scrub)),
      }),
  };
}
