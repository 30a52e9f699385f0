import { readEvent } from '#domain/stream/stored-event.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import type { World } from '#test/simulation/world/world.ts';

/** `atMs`: when it was committed, by the world's time. */
export type Recorded = { stream: string; position: number; event: StreamEvent; atMs: number };

/** Everything that was recorded, stream by stream, in its order. */
export function recordOf({ database }: Pick<World, 'database'>): Recorded[] {
  const { records, commits } = database;
  const times = new Map<string, number>();
  for (const { at, append } of commits) {
    for (let index = 1; index <= append.events.length; index += 1) {
      times.set(`${append.stream} ${append.expected + index}`, at);
    }
  }
  const streams = records.streams({ prefix: '', limit: 1_000 });
  return streams.flatMap((stream) =>
    records.load(stream).flatMap(({ position, event: stored }) => {
      const event = readEvent(stored);
      const atMs = times.get(`${stream} ${position}`) ?? 0;
      return event === null ? [] : [{ stream, position, event, atMs }];
    }),
  );
}

export type EventOf<Type extends StreamEvent['type']> = Extract<StreamEvent, { type: Type }>;

export function ofType<Type extends StreamEvent['type']>(
  record: readonly Recorded[],
  type: Type,
): (Recorded & { event: EventOf<Type> })[] {
  return record.filter(
    (one): one is Recorded & { event: EventOf<Type> } => one.event.type === type,
  );
}

export function countBy(keys: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

export function twice(keys: Iterable<string>): string[] {
  return [...countBy(keys)].filter(([, count]) => count > 1).map(([key]) => key);
}
