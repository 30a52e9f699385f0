import { readEvent } from '#domain/stream/stored-event.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';

import { type SealedEntry, unseal } from './record.ts';

/** An event with its place in the record: a position from 1, and the hash that closes the chain up to it. */
export type RecordedEvent = {
  position: number;
  recordedAt: string;
  hash: string;
  event: StreamEvent;
};

/** What a newer version recorded, and this one does not understand, is left out. */
export function recordedEvents(entries: readonly SealedEntry[]): RecordedEvent[] {
  return entries.flatMap(({ position, body, hash, texts }) => {
    const { recordedAt, event: stored } = unseal(body, texts);
    const event = readEvent(stored);
    return event === null ? [] : [{ position, recordedAt, hash, event }];
  });
}
