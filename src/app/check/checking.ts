import type { WriteRequest } from '#app/writes/write-kind.ts';
import type { Scope, StepFacts } from '#domain/expressions/scope.ts';
import type { JsonObject } from '#domain/json.ts';
import type { PlanRecord, StepStatus, Verdict } from '#domain/run/events.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Checks } from '#ports/checks.ts';
import type { Clock } from '#ports/clock.ts';
import type { Log } from '#ports/log.ts';

import type { CheckedStep, Evidence } from './report.ts';
import type { Place, Selection } from './selection.ts';
import { createTurns, type Turns } from './turns.ts';

/** What a check reaches. Nothing of it can write. */
export type CheckDeps = {
  checks: Checks;
  planWrite(request: WriteRequest, signal: AbortSignal): Promise<PlanRecord>;
  runbook(id: string): Promise<Runbook | null>;
  settings(): Settings;
  clock: Clock;
  log: Log;
};

/** A step where it stands, with what its expressions see. */
export type At = {
  step: Step;
  place: Place;
  /** All that is in it is checked, whatever `--only` names. */
  whole: boolean;
  scope: Scope;
};

/** How a step ended, before it is worded. */
export type Ending = {
  status: StepStatus;
  verdict: Verdict | null;
  /** The words of its kind; the step's own finding goes before. */
  text: string;
  result?: JsonObject;
  evidence?: Evidence;
  nested?: readonly CheckedStep[];
  children?: StepFacts['children'];
};

export type Found = {
  own: CheckedStep;
  nested: readonly CheckedStep[];
  /** What others can read of it; null where it was not done at all. */
  facts: StepFacts | null;
};

/** One check of a runbook, for all its levels. */
export type Checking = {
  deps: CheckDeps;
  selection: Selection;
  startedAt: string;
  turn: Turns;
  /** Of one connection: a deploy API or a metrics back end is not to be flooded. */
  turnFor(connection: string): Turns;
  onStep: (step: CheckedStep) => void;
  /** Steps hold steps; whoever holds others comes back to here. */
  checkStep: (checking: Checking, level: Level, at: At, signal: AbortSignal) => Promise<Found>;
};

/** A runbook on its way: the one that is checked, or one that it calls. */
export type Level = {
  runbook: Runbook;
  inputs: JsonObject;
  service: string;
  environment: string;
  /** Ids of the runbooks around it and its own. */
  callers: readonly string[];
};

const measuredAtOnce = 64;
const measuredAtOnceOverOneConnection = 4;

export function beginChecking(
  given: Pick<Checking, 'deps' | 'selection' | 'onStep' | 'checkStep'>,
): Checking {
  const byConnection = new Map<string, Turns>();
  return {
    ...given,
    startedAt: given.deps.clock.now().toISOString(),
    turn: createTurns(measuredAtOnce),
    turnFor(connection) {
      const known = byConnection.get(connection) ?? createTurns(measuredAtOnceOverOneConnection);
      byConnection.set(connection, known);
      return known;
    },
  };
}

/** What the expressions of a level see. `facts` fills up as steps are done. */
export function scopeOf(
  { startedAt }: Checking,
  { runbook, inputs, service, environment }: Level,
  facts: Readonly<Record<string, StepFacts>>,
): Scope {
  const run = { id: 'check', mode: 'dryRun', service, environment, startedAt, startedBy: 'check' };
  return { inputs, inputSpecs: runbook.inputs, steps: facts, run };
}
