import type { Json, JsonObject } from '#domain/json.ts';

/**
 * A runbook as the rest of the product uses it: read, checked and made regular.
 *
 * Plain JSON, because a run carries the runbook it began with in its first event. What an author
 * may leave out is filled in here: a `repeat` has become a copy of its original, a threshold such
 * as `'> 5%'` has become CEL over `result`, inherited inputs are left to the moment of use.
 */
export type Runbook = {
  id: string;
  title: string;
  service: string;
  owner: string;
  links: Readonly<Record<string, string>>;
  /** ISO date of the last review, and how long it holds (`90d`). */
  reviewed: string | null;
  review: string | null;
  triggers: readonly Trigger[];
  inputs: Readonly<Record<string, InputSpec>>;
  steps: readonly Step[];
};

export type Trigger =
  | {
      kind: 'alert';
      /** Label matchers, all must match; a value that begins with `~` is a regular expression. */
      alert: Readonly<Record<string, string>>;
      inputs: Readonly<Record<string, Json>>;
      start: 'checks' | 'person';
    }
  | {
      kind: 'schedule';
      cron: string;
      timezone: string;
      mode: RunMode;
      inputs: Readonly<Record<string, Json>>;
    };

export type RunMode = 'live' | 'dryRun' | 'drill';

/** JSON-Schema words plus `duration`, whose values are written `90s`, `5m`, `2h`, `7d`, `250ms`. */
export type InputSpec = {
  type: 'string' | 'integer' | 'number' | 'boolean' | 'duration' | 'array' | 'object';
  description?: string;
  default?: Json;
  enum?: readonly Json[];
  items?: InputSpec;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  required?: boolean;
  title?: string;
};

/** How often something is tried that fails, and how long after the first time it is tried again. */
export type Retry = { attempts: number; backoff: string };

export type Step = {
  id: string;
  title: string;
  why: string | null;
  /** A step kind's name, such as `check.http`; see `kinds/`. */
  uses: string;
  /** The id of the step that this one repeats; everything else was copied from it. */
  repeats: string | null;
  if: string | null;
  /** As written, with `${{ }}` inside its strings. */
  with: JsonObject;
  /** The options of a choice, or the fields of a form, as written: the record sorts an object's keys. */
  order?: readonly string[];
  /** Of the check's value, where its `pass` or `fail` was written with one (`'> 5%'`). */
  unit?: 'percent' | 'seconds';
  /** CEL over `result`, `inputs`, `steps`. */
  pass: string | null;
  fail: string | null;
  noData: 'inconclusive' | 'fail';
  /** Outcome to a short text for people, with `${{ }}`. */
  finding: Readonly<Record<string, string>>;
  /** Name to CEL over `result`. */
  outputs: Readonly<Record<string, string>>;
  /** Our duration spelling, or null for the kind's default. May hold `${{ }}`. */
  timeout: string | null;
  retry: Retry | null;
  watch: { every: string; hold: string; giveUpAfter: string; giveUpWhen: string | null } | null;
  foreach: { name: string; list: string } | null;
  /** The nested steps of `parallel`; empty for every other kind. */
  steps: readonly Step[];
  approval: { required: number | null; groups: readonly string[] | null } | null;
  fallback: string | null;
  /** Outcome to step id, `end` or `ask`. */
  next: Readonly<Record<string, string>>;
};

/** A runbook with where it came from. `digest` is the SHA-256 of the file's bytes, in hex. */
export type RunbookDocument = {
  runbook: Runbook;
  digest: string;
  file: string;
  /** The commit that the file was checked out at, where there is one. */
  commit: string | null;
  /** The file is not as the commit has it. */
  modified?: boolean;
};
