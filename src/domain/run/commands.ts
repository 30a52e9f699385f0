import type { Actor } from '#domain/ids.ts';
import type { JsonObject } from '#domain/json.ts';
import type { RunbookDocument, RunMode } from '#domain/runbook/runbook.ts';

import type { MeasurementRecord, PlanRecord, SeriesRecord } from './events.ts';

/**
 * What a person, a timer or a finished effect asks of a run. `at` comes from the shell's clock.
 * A command that belongs to a visit names it, so that a press on an old message is refused
 * instead of acting on whatever is current now.
 */
type Common = { at: string; actor: Actor; run: string };
type AtVisit = Common & { step: string; visit: number };
/** Groups of the settings that the actor belongs to, read when the act arrived. */
type Authorised = { groups: readonly string[] };

export type StartRun = Common & {
  type: 'StartRun';
  document: RunbookDocument;
  called: Readonly<Record<string, RunbookDocument>>;
  inputs: JsonObject;
  mode: RunMode;
  alert: Readonly<Record<string, string>> | null;
  waits: boolean;
  /** See `probe.ts`; only with the mode `dryRun`. */
  unattended?: boolean;
};

export type RunCommand =
  | StartRun
  | (Common & { type: 'Begin' })
  | (AtVisit & {
      type: 'ReportMeasurement';
      path: string;
      sample: number;
      attempt: number;
      measurement: MeasurementRecord;
    })
  | (AtVisit & { type: 'ReportSeries'; moment: string; series: SeriesRecord })
  | (AtVisit & { type: 'ReportPlan'; preview: boolean; plan: PlanRecord })
  | (AtVisit & { type: 'BeginWrite'; attempt: number; sendBy: string })
  | (AtVisit & { type: 'ReportProgress'; attempt: number; message: string })
  /** `key` is what it was sent under: a late word on a try before says nothing of the one now. */
  | (AtVisit & {
      type: 'ReportWrite';
      key: string;
      outcome: WriteOutcome;
      message: string;
      result: JsonObject;
    })
  /** Null: it could not be declared, and `message` says why. */
  | (AtVisit & { type: 'ReportDeclared'; incident: string | null; message: string })
  | (AtVisit & { type: 'Choose'; option: string; reason: string | null })
  | (AtVisit & { type: 'Answer'; values: JsonObject })
  | (AtVisit & { type: 'MarkDone'; note: string | null })
  | (AtVisit & { type: 'Confirm'; confirmed: boolean; cause: string | null })
  | (AtVisit & Authorised & { type: 'Approve'; hash: string; reason?: string | null })
  | (AtVisit & Authorised & { type: 'Reject'; hash: string; reason: string | null })
  | (AtVisit & Authorised & { type: 'BreakGlass'; hash: string; reason: string })
  | (AtVisit & { type: 'ByHand'; note: string | null })
  | (AtVisit & { type: 'Skip'; reason: string })
  | (Common & { type: 'Rerun'; step: string })
  | (Common & { type: 'GoTo'; step: string; reason: string | null })
  | (Common & { type: 'Retry'; step: string })
  | (Common & { type: 'Stop'; reason: string })
  | (Common & { type: 'Escalate'; step: string; since: string; rung: number })
  | (AtVisit & { type: 'TimeOut' })
  | (AtVisit & { type: 'ExpirePlan'; hash: string });

/** `changed`: the live state was no longer what the plan said, and nothing was sent. */
export type WriteOutcome = 'succeeded' | 'notNeeded' | 'failed' | 'unknown' | 'changed';
