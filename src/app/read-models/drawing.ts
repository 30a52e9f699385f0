import type { Act } from '#app/acts.ts';
import type { LoadedEvent } from '#app/load.ts';
import type { Actor } from '#domain/ids.ts';
import type { Run } from '#domain/run/state.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Stream } from '#domain/stream/stream.ts';
import type { Button, PersonRef, Picture, RecordRef } from '#ports/chat-messages.ts';

/** What a message is drawn from, and how it gets its buttons. */
export type Drawing = {
  stream: Stream;
  events: readonly LoadedEvent[];
  settings: Settings;
  now: string;
  /** Those that can be started now. */
  runbooks: () => readonly Pick<Runbook, 'id' | 'title' | 'service'>[];
  /** See `newerVersion`. */
  newer: (run: Run) => string | null;
  /** What chat has of a run's chart. */
  picture: (run: Run) => Picture | null;
  /** Whom the request for approval at this position was shown to: they see how it ends, whoever may approve by then. */
  asked: (position: number) => readonly string[];
  /** Members of a group, as far as they were looked up. */
  members: (group: string) => readonly string[];
  button: (draw: {
    act: Act;
    label: string;
    style?: Button['style'];
    confirm?: Button['confirm'];
  }) => Button;
};

export function personOf(actor: Actor): PersonRef {
  return { id: actor.kind === 'person' ? actor.id : '', name: actor.name };
}

export function recordOf({ position, hash }: LoadedEvent): RecordRef {
  return { position, hash };
}

/** Slack cuts what is longer, and a phone shows no more. */
export function label(text: string): string {
  return text.length <= 24 ? text : `${text.slice(0, 23)}…`;
}
