import { readEvent } from '#domain/stream/stored-event.ts';
import { evolve, emptyStream, type Stream, type StreamEvent } from '#domain/stream/stream.ts';
import type { EventStore, StoredEvent } from '#ports/event-store.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';

export type LoadedEvent = Omit<StoredEvent, 'event'> & { event: StreamEvent };

/**
 * A stream as it is now, with the events that made it. `beyond` is the first entry that a newer version
 * recorded and this one does not understand, or null: the rest can be shown, and nothing decided.
 */
export type Loaded = {
  stream: Stream;
  position: number;
  events: readonly LoadedEvent[];
  beyond: number | null;
};

/** The streams of a store that were loaded last. */
const kept = new WeakMap<EventStore, Map<string, Loaded>>();
const mostKept = 100;

/**
 * What has happened once has happened for ever, so only what came since the last time is read. Only
 * a stream that texts were taken out of is read anew each time, and nothing of it is kept.
 */
export async function load({ store }: Pick<App, 'store'>, id: string): Promise<Loaded> {
  const streams = kept.get(store) ?? new Map<string, Loaded>();
  kept.set(store, streams);
  const before = streams.get(id) ?? nothing(id);
  const added = await store.load(id, before.position);
  if (added.length === 0) return before;
  const redacted = added.some(({ event }) => event['type'] === 'TextsRedacted');
  if (redacted && before.position > 0) {
    streams.delete(id);
    return fold(nothing(id), await store.load(id, 0));
  }
  const loaded = fold(before, added);
  if (!redacted) keep(streams, loaded);
  return loaded;
}

function nothing(id: string): Loaded {
  return { stream: emptyStream(id), position: 0, events: [], beyond: null };
}

function fold(before: Loaded, added: readonly StoredEvent[]): Loaded {
  let { stream, position, beyond } = before;
  const events = [...before.events];
  for (const stored of added) {
    const event = readEvent(stored.event);
    ({ position } = stored);
    if (event === null) {
      beyond ??= position;
    } else {
      stream = evolve(stream, event);
      events.push({ ...stored, event });
    }
  }
  return { stream, position, events, beyond };
}

/** Leaves a stream to the replicas that understand all of it: what is to be done there is tried again by one. */
export function mustUnderstand({ stream: { id }, beyond }: Loaded): void {
  if (beyond === null) return;
  throw new PortError(
    'record.newer',
    `Entry ${beyond} of ${id} was recorded by a newer version of Handrail. This one leaves ${id} to it; start that version.`,
    { retry: true },
  );
}

function keep(streams: Map<string, Loaded>, loaded: Loaded): void {
  const { id } = loaded.stream;
  if ((streams.get(id)?.position ?? 0) > loaded.position) return;
  streams.delete(id);
  streams.set(id, loaded);
  const [oldest] = streams.keys();
  if (streams.size > mostKept && oldest !== undefined) streams.delete(oldest);
}
