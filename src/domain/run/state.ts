import type { Actor } from '#domain/ids.ts';
import type { Json, JsonObject } from '#domain/json.ts';
import type { RunbookDocument, RunMode } from '#domain/runbook/runbook.ts';

import type { MeasurementRecord, PlanRecord, SeriesRecord, StepStatus, Verdict } from './events.ts';

/**
 * A run as its events leave it.
 *
 * `position` is where the run stands: a step, or a stretch of checks that run at once. A check that
 * somebody runs again from the side is active in `steps` while the position stays. Only a visit that
 * belongs to the position routes when it finishes.
 */
export type Run = {
  id: string;
  document: RunbookDocument;
  called: Readonly<Record<string, RunbookDocument>>;
  inputs: JsonObject;
  mode: RunMode;
  /** A dry run that nobody watches; see `probe.ts`. */
  unattended: boolean;
  service: string;
  environment: string;
  parent: { run: string; step: string; visit: number } | null;
  alert: Readonly<Record<string, string>> | null;
  since: string;
  severity: string | null;
  startedAt: string;
  startedBy: Actor;
  /** Whose act moved the run to where it is: the requester of a write that is entered now. */
  mover: Actor;
  position: Position;
  /** The last visit of each step that was entered. */
  steps: Readonly<Record<string, StepVisit>>;
  /** Top-level visits in their order. */
  path: readonly string[];
  /** Plans for the options of the choice that is waiting, by the step that writes. */
  previews: Readonly<Record<string, { plan: PlanRecord; at: string; expiresAt: string }>>;
  /** When the last write ended: evidence from before it is old. */
  lastWriteAt: string | null;
  /** Curves of the metric that the run is about; see `observation.ts`. */
  observed: {
    moments: readonly string[];
    last: ObservedSeries | null;
    /** The metrics gave no answer the last time. */
    missed: { moment: string; failed: number; at: string } | null;
  };
  end: RunEnd | null;
};

export type ObservedSeries = Extract<SeriesRecord, { kind: 'observed' }> & { step: string };

export type RunEnd = {
  status: 'succeeded' | 'failed' | 'stopped';
  verdict: Verdict;
  at: string;
  by: Actor;
  reason: string | null;
};

export type Position =
  | { kind: 'start' }
  | { kind: 'at'; steps: readonly string[]; after: string | null; since: string }
  | {
      kind: 'ask';
      step: string;
      reason: string;
      since: string;
      escalation: readonly Rung[];
      told: number;
    };

export type Rung = { afterMs: number; tell: string };

export type StepVisit = {
  step: string;
  visit: number;
  /** Counts the visits of the whole run; tells which of two visits was later. */
  order: number;
  purpose: 'route' | 'rerun';
  enteredAt: string;
  enteredBy: Actor;
  /** Null while it is active. */
  finished: Finished | null;
  activities: readonly Activity[];
  /** Steps of people and approvals: since when somebody is waited for, and how many rungs were told. */
  wait: { since: string; escalation: readonly Rung[]; told: number } | null;
  draft: JsonObject | null;
  write: WriteState | null;
  /** What its write failed with, as often as it did and was tried again. */
  failures: readonly string[];
  stamps: readonly { what: string; by: Actor; at: string; reason: string | null }[];
};

export type Finished = {
  at: string;
  by: Actor;
  status: StepStatus;
  verdict: Verdict | null;
  outcome: string;
  finding: string;
  outputs: JsonObject;
  result: JsonObject | null;
  byHand: boolean;
  reason: string | null;
};

/** One thing to measure: a check, or a child of `parallel` for one item. */
export type Activity = {
  path: string;
  step: string;
  item: Json;
  sample: number;
  attempt: number;
  nextAt: string;
  passingSince: string | null;
  /** The last measurement; while `done` is false there is another to come. */
  last: { measurement: MeasurementRecord; verdict: Verdict; summary: string; at: string } | null;
  done: boolean;
};

/**
 * `planning` → `planned` → `approving` → `approved` → `acting`; back to `planning` when the plan is dropped.
 * A step leaves `acting` only when the outcome is known: it finishes, or is tried again after a failure.
 */
export type WriteState =
  | { phase: 'planning'; round: number }
  | { phase: 'planned'; round: number; plan: Plan }
  | { phase: 'approving'; round: number; plan: Plan; request: ApprovalRequest }
  /** `notBefore`: it has failed, and is tried again at that time. */
  | {
      phase: 'approved';
      round: number;
      plan: Plan;
      brokenGlass: boolean;
      notBefore: string | null;
    }
  | {
      phase: 'acting';
      round: number;
      plan: Plan;
      attempt: number;
      key: string;
      sendBy: string;
      giveUpAt: string;
      progress: string | null;
    };

export type Plan = {
  plan: JsonObject;
  hash: string;
  migrations: readonly string[];
  expiresAt: string;
};

export type ApprovalRequest = {
  required: number;
  groups: readonly string[];
  breakGlass: readonly string[];
  oncall: string;
  requester: Actor;
  since: string;
  approvedBy: readonly Actor[];
};
