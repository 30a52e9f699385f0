import { renderText } from '#domain/expressions/evaluate.ts';
import type { Actor } from '#domain/ids.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import type { Turn } from '#domain/stream/turn.ts';

import type { StepStatus, Verdict } from './events.ts';
import { outputsOf } from './outputs.ts';
import { scopeOf } from './scope.ts';
import type { StepVisit } from './state.ts';
import { stepOf } from './structure.ts';

export type Ending = {
  status: StepStatus;
  outcome: string;
  verdict?: Verdict;
  /** The kind's own words, used unless the step has a finding for this outcome. */
  text: string;
  result?: JsonObject;
  byHand?: boolean;
  /** Set for a called runbook that wrote: evidence from before is old to its caller, too. */
  wrote?: boolean;
  reason?: string | null;
  actor?: Actor;
};

/** Ends a visit: computes its outputs, words its finding. An output that fails is left unset. */
export function finish(turn: Turn, runId: string, visit: StepVisit, ending: Ending): void {
  const run = turn.run(runId);
  const step = stepOf(run.document.runbook, visit.step);
  const result = ending.result ?? null;
  const around = scopeOf(run, turn.stream().incident);
  const scope =
    result === null ? around : { ...around, result: { uses: step.uses, value: result } };
  const template = findingFor(step, ending.outcome);
  const reason = ending.reason ?? null;
  turn.emit({
    type: 'StepFinished',
    run: runId,
    step: visit.step,
    visit: visit.visit,
    status: ending.status,
    verdict: ending.verdict ?? null,
    outcome: ending.outcome,
    finding: template === null ? ending.text : renderText(template, scope),
    outputs: outputsOf(step, result, around),
    result,
    ...(ending.byHand && { byHand: true }),
    ...(ending.wrote && { wrote: true }),
    ...(reason !== null && { texts: { reason } }),
    ...(ending.actor && { actor: ending.actor }),
  });
}

function findingFor(step: Step, outcome: string): string | null {
  return step.finding[outcome] ?? null;
}
