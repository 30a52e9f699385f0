import {
  evolve,
  emptyStream,
  readEvent,
  type Stream,
  type StreamEvent,
} from '#domain/stream/stream.ts';
import type { StoredEvent } from '#ports/event-store.ts';

import type { App } from './app.ts';

export type LoadedEvent = Omit<StoredEvent, 'event'> & { event: StreamEvent };

/** A stream as it is now, with the events that made it. */
export type Loaded = { stream: Stream; position: number; events: readonly LoadedEvent[] };

export async function load(app: Pick<App, 'store'>, id: string): Promise<Loaded> {
  const stored = await app.store.load(id);
  const events = stored.map((one) => ({ ...one, event: readEvent(one.event) }));
  let stream = emptyStream(id);
  for (const { event } of events) stream = evolve(stream, event);
  return { stream, position: events.at(-1)?.position ?? 0, events };
}
