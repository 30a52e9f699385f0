import { emptyStream, evolve, type Stream, type StreamEvent } from '#domain/stream/stream.ts';
import type { RecordedEvent } from '#domain/timeline/recorded-event.ts';

/** An event, with how things stood just before and just after it. */
export type Turn = { event: StreamEvent; before: Stream; after: Stream };

export function turnsOf(events: readonly RecordedEvent[]): Turn[] {
  let before = emptyStream('');
  return events.map(({ event }) => {
    const turn = { event, before, after: evolve(before, event) };
    before = turn.after;
    return turn;
  });
}
