import { bot } from '#domain/ids.ts';
import type { Turn } from '#domain/stream/turn.ts';

import { requirementFor } from './approval.ts';
import { severityOf } from './enter.ts';
import { escalationFor } from './escalation.ts';
import { finish } from './finish.ts';
import { placeOf } from './place.ts';
import type { StepVisit } from './state.ts';
import { stepOf } from './structure.ts';

/** A plan is there: ask for what the settings ask for, or refuse the write if no policy names it. */
export function requestApproval(turn: Turn, runId: string, visit: StepVisit): void {
  const run = turn.run(runId);
  const step = stepOf(run.document.runbook, visit.step);
  if (visit.write?.phase !== 'planned') return;

  const { service, environment } = placeOf(run, turn.stream().incident, step);
  const requirement = requirementFor(turn.settings, { step, service, environment });
  if (requirement === null) {
    finish(turn, runId, visit, {
      actor: bot,
      status: 'failed',
      outcome: 'failed',
      text: `No approval policy in the settings allows ${step.uses} on ${service} in ${environment}.`,
    });
    return;
  }
  turn.emit({
    type: 'ApprovalRequested',
    run: runId,
    step: visit.step,
    visit: visit.visit,
    actor: bot,
    hash: visit.write.plan.hash,
    required: requirement.required,
    groups: [...requirement.groups],
    breakGlass: [...requirement.breakGlass],
    oncall: requirement.oncall,
    requester: run.mover,
    escalation: escalationFor(turn.settings, {
      severity: severityOf(turn, run.severity),
      service,
    }),
  });
}
