import type { JsonObject } from '#domain/json.ts';
import type { StepStatus, Verdict } from '#domain/run/events.ts';

/** What a check of a runbook found. Public, as `handrail check --format json`; durations in seconds. */
export type CheckReport = {
  runbook: string;
  verdict: Verdict;
  startedAt: string;
  duration: number;
  /** In the order of the runbook, nested ones behind their parent. */
  steps: readonly CheckedStep[];
};

export type CheckedStep = {
  /** A nested step's is `parent.child`, or `parent[item].child` under `foreach`. */
  id: string;
  title: string;
  uses: string;
  status: StepStatus;
  /** Null for a step that is no check, or was left out: it counts for nothing. */
  verdict: Verdict | null;
  duration: number;
  summary: string;
  outputs: JsonObject;
  evidence: Evidence | null;
};

export type Evidence = {
  /** The inputs as they were when it was measured or planned. */
  with: JsonObject;
  result?: JsonObject;
  plan?: JsonObject;
};
