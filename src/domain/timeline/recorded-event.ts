import type { StreamEvent } from '#domain/stream/stream.ts';

/** An event with its place in the record: a position from 1, and the hash that closes the chain up to it. */
export type RecordedEvent = {
  position: number;
  recordedAt: string;
  hash: string;
  event: StreamEvent;
};
