import { condition } from '#domain/expressions/evaluate.ts';
import type { Evaluated, Scope } from '#domain/expressions/scope.ts';
import { bot } from '#domain/ids.ts';
import type { JsonObject } from '#domain/json.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import type { Turn } from '#domain/stream/turn.ts';

import { escalationFor } from './escalation.ts';
import { finish } from './finish.ts';
import { textsForPeople } from './inputs-of-step.ts';
import { activitiesOf } from './read.ts';
import { scopeOf } from './scope.ts';
import type { StepVisit } from './state.ts';
import { isRead, stepOf } from './structure.ts';
import { tell } from './tell.ts';

/**
 * Begins a visit of a step. A step whose `if` is false is skipped; one that can't even begin is
 * finished at once, with what was wrong as its finding.
 */
export function enterStep(
  turn: Turn,
  runId: string,
  stepId: string,
  purpose: StepVisit['purpose'],
): void {
  const run = turn.run(runId);
  const step = stepOf(run.document.runbook, stepId);
  const scope = scopeOf(run, turn.stream().incident);
  const role = kindOf(step.uses)?.role;
  const expansion = isRead(step) ? activitiesOf(step, scope) : null;
  const asks = role === 'person' || asksForConfirmation(step, run.mode);

  turn.emit({
    type: 'StepEntered',
    run: runId,
    step: stepId,
    visit: (run.steps[stepId]?.visit ?? 0) + 1,
    purpose,
    activities: expansion?.ok === true ? expansion.value.activities : [],
    write: role === 'write',
    ...(asks && {
      escalation: escalationFor(turn.settings, {
        severity: severityOf(turn, run.severity),
        service: run.service,
      }),
      draft: draftOf(step, scope),
    }),
  });
  const visit = visitOf(turn, runId, stepId);

  const wanted: Evaluated<boolean> =
    step.if === null ? { ok: true, value: true } : condition(step.if, scope);
  if (!wanted.ok) {
    const text = `if: ${wanted.error}`;
    finish(turn, runId, visit, { actor: bot, status: 'failed', outcome: 'failed', text });
  } else if (!wanted.value) {
    const text = 'not needed here';
    finish(turn, runId, visit, { actor: bot, status: 'skipped', outcome: 'skipped', text });
  } else if (expansion?.ok === false) {
    finish(turn, runId, visit, inconclusive(expansion.error));
  } else if (expansion?.ok === true && expansion.value.activities.length === 0) {
    finish(turn, runId, visit, inconclusive('nothing to check'));
  } else if (role === 'tell' && !asks) {
    tell(turn, runId, visit, scope);
  }
}

export function visitOf(turn: Turn, runId: string, stepId: string): StepVisit {
  const visit = turn.run(runId).steps[stepId];
  if (visit === undefined) throw new Error(`run ${runId} has not visited ${stepId}`);
  return visit;
}

/** `incident.resolve` is a draft that a person confirms; by itself only in drills, and never for real in a dry run. */
export function asksForConfirmation(step: Step, mode: 'live' | 'dryRun' | 'drill'): boolean {
  if (step.uses !== 'incident.resolve' || mode === 'dryRun') return false;
  return !(mode === 'drill' && step.with['auto'] === true);
}

/** The incident's severity as it is now, else the one the run began with. */
export function severityOf(turn: Turn, severity: string | null): string | null {
  return turn.stream().incident?.severity ?? severity;
}

function inconclusive(text: string) {
  const verdict = 'inconclusive' as const;
  return { actor: bot, status: 'failed' as const, outcome: verdict, verdict, text };
}

/** The texts of a question as they read now. Options stay as written: what they lead to is CEL. */
function draftOf(step: Step, scope: Scope): JsonObject {
  const { options: _options, ...texts } = step.with;
  return textsForPeople(texts, scope);
}
