import type { Json, JsonObject } from '#domain/json.ts';

/**
 * One entry of a stream. `event` is what happened; its optional top-level `texts` holds everything
 * a person wrote, so that it can be taken out of the record without breaking the chain. A text that
 * was redacted reads as null.
 */
export type StoredEvent = {
  stream: string;
  /** From 1, without gaps. */
  position: number;
  recordedAt: string;
  event: JsonObject;
  hash: string;
};

export type NewJob = {
  /** A task's name; see `jobs.ts`. */
  task: string;
  payload: JsonObject;
  /** Two jobs with one key are one job as long as it has not begun. */
  key: string;
  /** ISO time before which it must not run; absent: at once. */
  runAt?: string;
  /** Jobs of one queue run one after another, over all replicas. */
  queue?: string;
  /** Lower is sooner; default 0. */
  priority?: number;
};

/** A fact to be remembered once: the append that carries an already known mark changes nothing. */
export type Mark = { scope: string; key: string; value: Json };

export type Append = {
  stream: string;
  /** The position of the last event the decision was made on; 0 for a new stream. */
  expected: number;
  events: readonly JsonObject[];
  jobs: readonly NewJob[];
  marks: readonly Mark[];
  /** Set when the stream's open/closed standing changes; a new stream is open. */
  open?: boolean;
};

export type AppendResult =
  | { kind: 'appended'; position: number; head: string }
  /** Somebody else appended first: load, decide again. */
  | { kind: 'conflict' }
  /** A mark was known already; `value` is what it was set to. Nothing was written. */
  | { kind: 'duplicate'; mark: Mark };

/**
 * Append-only streams of events, with jobs and marks in the same transaction: either all of an
 * `Append` is there or nothing of it. Events are ordered by position, never by clock.
 */
export interface EventStore {
  /** The events behind that position; all of them without one. */
  load(stream: string, after?: number): Promise<readonly StoredEvent[]>;
  append(append: Append): Promise<AppendResult>;
  /**
   * Erases the texts that people wrote into an entry, with the salts by which they could be guessed;
   * with `words` only those in which one of them stands. False when there is none left. The chain
   * stays intact.
   */
  redact(stream: string, position: number, words?: readonly string[]): Promise<boolean>;
  /** The value of a mark, or null. */
  mark(scope: string, key: string): Promise<Json>;
  /** Replaces or sets marks outside of an append, all of them at once or none; no two of one place. */
  setMark(...marks: readonly Mark[]): Promise<void>;
  /** Streams whose id begins with `prefix`, newest first. */
  streams(filter: { prefix: string; open?: boolean; limit: number }): Promise<readonly string[]>;
}
