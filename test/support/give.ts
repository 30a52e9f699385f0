import { bot } from '#domain/ids.ts';
import { person } from '#domain/rehearsal/people.ts';
import { rehearsalStart, rehearsedRun } from '#domain/rehearsal/scene.ts';
import type { Run } from '#domain/run/state.ts';
import { decide, type Command } from '#domain/stream/decide.ts';
import { evolve, type Stream, type StreamEvent } from '#domain/stream/stream.ts';
import { settings } from '#test/support/runbooks.ts';

export type Given = { stream: Stream; events: readonly StreamEvent[]; refused: string | null };

/** Gives commands one after the other; the first that is refused ends it and names its code. */
export function give(stream: Stream, ...commands: readonly Command[]): Given {
  let now = stream;
  const events: StreamEvent[] = [];
  for (const command of commands) {
    const decision = decide(command, now, settings);
    if (!decision.accepted) return { stream: now, events, refused: decision.rejection.code };
    events.push(...decision.events);
    now = decision.events.reduce(evolve, now);
  }
  return { stream: now, events, refused: null };
}

/** Minutes and seconds after the rehearsals' beginning. */
export function clock(minutes: number, seconds = 0): string {
  return new Date(Date.parse(rehearsalStart) + minutes * 60_000 + seconds * 1_000).toISOString();
}

/** What every command of this person to the rehearsed run has in common. */
export function by(user: string, at: string = rehearsalStart) {
  return { at, actor: person(user), run: rehearsedRun };
}

export function byBot(at: string = rehearsalStart) {
  return { at, actor: bot, run: rehearsedRun };
}

export function theRun(stream: Stream, id: string = rehearsedRun): Run {
  const run = stream.runs[id];
  if (run === undefined) throw new Error(`there is no run ${id}`);
  return run;
}
