import type { Generated } from 'kysely';

/** A stream's version is the position of its last event, its head that event's hash; it goes forward only. */
type StreamsTable = {
  id: string;
  version: number;
  head: string;
  open: boolean;
  seq: Generated<string>;
};

/** Append-only: the database refuses to change or remove a row. */
type EventsTable = {
  /** Over all streams; the order in which rows were written. */
  seq: Generated<string>;
  stream: string;
  position: number;
  recorded_at: string;
  /** The very text that was hashed. */
  body: string;
  hash: string;
  /** Tells our append from another's when the answer to a commit was lost. */
  append_id: string;
};

/** `text` is a JSON string; null once it was redacted, with an empty salt: the only change there can be. */
type EventTextsTable = {
  stream: string;
  position: number;
  name: string;
  salt: string;
  text: string | null;
};

/** `value` is JSON text. */
type MarksTable = { scope: string; key: string; value: string };

/** `done_at` is null until what came in has been acted upon. */
type InboxTable = {
  key: string;
  kind: string;
  body: string;
  received_at: Generated<Date>;
  taken_at: Generated<Date>;
  tries: Generated<number>;
  done_at: Date | null;
};

/** A replica that works on jobs says every two seconds that it lives. */
type HeartbeatsTable = { worker: string; seen_at: Generated<Date> };

/** How often a job's worker died over it. */
type JobCrashesTable = { job: string; crashes: number };

/** Jobs that are not tried again. */
type JobsSetAsideTable = {
  id: Generated<string>;
  task: string;
  key: string | null;
  payload: string;
  reason: string;
  set_aside_at: Generated<Date>;
};

/** Only hashes of tokens are here. */
type PersonalTokensTable = {
  person: string;
  name: string;
  hash: string;
  expires_at: Date;
  issued_at: Generated<Date>;
};

/** When the calls of the last minute were counted, by all replicas, oldest first. */
type CallBudgetsTable = { key: string; taken: Date[]; closed_until: Generated<Date> };

export type Tables = {
  streams: StreamsTable;
  events: EventsTable;
  event_texts: EventTextsTable;
  marks: MarksTable;
  inbox: InboxTable;
  worker_heartbeats: HeartbeatsTable;
  job_crashes: JobCrashesTable;
  jobs_set_aside: JobsSetAsideTable;
  personal_tokens: PersonalTokensTable;
  call_budgets: CallBudgetsTable;
};
