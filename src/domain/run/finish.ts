import { renderText } from '#domain/expressions/evaluate.ts';
import type { Scope } from '#domain/expressions/scope.ts';
import type { Actor } from '#domain/ids.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import type { Turn } from '#domain/stream/turn.ts';

import type { StepStatus, Verdict } from './events.ts';
import { outputsOf } from './outputs.ts';
import { scopeOf } from './scope.ts';
import type { StepVisit } from './state.ts';
import { stepOf } from './structure.ts';
import { isTyped, takeTexts } from './typed-texts.ts';

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
  const ended = {
    finding: findingOf(step, ending, scope),
    outputs: outputsOf(step, result, around),
    result,
  };
  const worded = step.finding[ending.outcome] !== undefined;
  const { texts, ...kept } = isTyped(step.uses)
    ? takeTexts(ended, worded)
    : { texts: {}, ...ended };
  const { reason = null } = ending;
  const written = { ...texts, ...(reason !== null && { reason }) };
  turn.emit({
    type: 'StepFinished',
    run: runId,
    step: visit.step,
    visit: visit.visit,
    status: ending.status,
    verdict: ending.verdict ?? null,
    outcome: ending.outcome,
    ...kept,
    ...(ending.byHand && { byHand: true }),
    ...(ending.wrote && { wrote: true }),
    ...(Object.keys(written).length > 0 && { texts: written }),
    ...(ending.actor && { actor: ending.actor }),
  });
}

/** What people read of an outcome: the step's own finding for it, else the kind's words. */
export function findingOf(
  step: Step,
  { outcome, text }: Pick<Ending, 'outcome' | 'text'>,
  scope: Scope,
): string {
  const template = step.finding[outcome];
  return template === undefined ? text : renderText(template, scope);
}
