import type { Actor } from '#domain/ids.ts';
import type { Rejection } from '#domain/rejection.ts';
import type { Run } from '#domain/run/state.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { evolve, type Stream, type StreamEvent } from './stream.ts';

/** `stream` has the events in it. */
export type Decision =
  | { accepted: true; events: readonly StreamEvent[]; stream: Stream }
  | { accepted: false; rejection: Rejection };

type Unsigned<Event> = Event extends StreamEvent
  ? Omit<Event, 'at' | 'actor'> & { actor?: Actor }
  : never;

/**
 * One decision in the making. What is emitted is folded at once, so that each further thought
 * within the decision sees the state that its own events have made.
 */
export type Turn = {
  readonly at: string;
  readonly actor: Actor;
  readonly settings: Settings;
  stream(): Stream;
  /** The run as it is now; asking for one that is not in the stream is our bug. */
  run(id: string): Run;
  /** Adds an event of this moment, in the name of the command's actor unless it names another. */
  emit(event: Unsigned<StreamEvent>): void;
  events(): readonly StreamEvent[];
};

export function beginTurn(
  stream: Stream,
  by: { at: string; actor: Actor; settings: Settings },
): Turn {
  let now = stream;
  const events: StreamEvent[] = [];
  return {
    ...by,
    stream: () => now,
    run(id) {
      const run = now.runs[id];
      if (run === undefined) throw new Error(`run ${id} is not in stream ${now.id}`);
      return run;
    },
    emit(unsigned) {
      const event = { actor: by.actor, ...unsigned, at: by.at };
      events.push(event);
      now = evolve(now, event);
    },
    events: () => events,
  };
}

export function accepted(turn: Turn): Decision {
  return { accepted: true, events: turn.events(), stream: turn.stream() };
}
