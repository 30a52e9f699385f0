import { readEvent, type StreamEvent } from '#domain/stream/stream.ts';

import { type SealedEntry, unseal } from './record.ts';

/** An event with its place in the record: a position from 1, and the hash that closes the chain up to it. */
export type RecordedEvent = {
  position: number;
  recordedAt: string;
  hash: string;
  event: StreamEvent;
};

export function recordedEvents(entries: readonly SealedEntry[]): RecordedEvent[] {
  return entries.map(({ position, body, hash, texts }) => {
    const { recordedAt, event } = unseal(body, texts);
    return { position, recordedAt, hash, event: readEvent(event) };
  });
}
