import { stepsReadBy } from '#domain/expressions/references.ts';
import { bot } from '#domain/ids.ts';
import type { Turn } from '#domain/stream/turn.ts';

import { enterStep, severityOf } from './enter.ts';
import { escalationFor } from './escalation.ts';
import type { Run } from './state.ts';
import { findStep, isRead, stepOf, stretchFrom } from './structure.ts';

/** How a run comes to a step: by its routes (the bot's doing), or because a person moved it. */
export type Moved = { moved: boolean; reason?: string | null };

/** Moves the run to a step, or to the stretch of checks that begins there. */
export function goTo(turn: Turn, runId: string, stepId: string, by: Moved): void {
  const { runbook } = turn.run(runId).document;
  enterAll(turn, runId, stretchFrom(runbook, stepId), { ...by, after: null });
}

/**
 * Moves to a step that is perhaps not ready for it. The reads whose results it needs and that have
 * none are run first, those that need each other one after the other; what else is missing is
 * asked for.
 */
export function goToPrepared(turn: Turn, runId: string, stepId: string, by: Moved): void {
  const run = turn.run(runId);
  const { runbook } = run.document;
  const missing = missingFor(run, stepId);
  const reads = missing.filter((id) => isRead(stepOf(runbook, id)));
  const ready = reads.filter((id) => directlyMissing(run, id).length === 0);
  const others = missing.filter((id) => !reads.includes(id));

  if (ready.length > 0) enterAll(turn, runId, ready, { ...by, after: stepId });
  else if (missing.length === 0) goTo(turn, runId, stepId, by);
  else {
    const titles = (others.length > 0 ? others : reads).map((id) => stepOf(runbook, id).title);
    ask(turn, runId, stepId, `It needs the result of: ${titles.join(', ')}. Go there first.`, by);
  }
}

/** Stops and asks a person: retry, skip, go to another step, stop. */
export function ask(
  turn: Turn,
  runId: string,
  step: string,
  reason: string,
  by: Moved = { moved: false },
): void {
  const { severity, service } = turn.run(runId);
  const escalation = escalationFor(turn.settings, {
    severity: severityOf(turn, severity),
    service,
  });
  turn.emit({
    type: 'PositionSet',
    run: runId,
    position: { kind: 'ask', step, reason, escalation },
    ...signed(by),
  });
}

/** Enters steps side by side. `after`: where the run goes then, in place of their routes. */
export function enterAll(
  turn: Turn,
  runId: string,
  steps: readonly string[],
  { after, ...by }: Moved & { after: string | null },
): void {
  // Of a preview only its own step may make use, and `PositionSet` forgets them all.
  const { previews } = turn.run(runId);
  turn.emit({
    type: 'PositionSet',
    run: runId,
    position: { kind: 'at', steps: [...steps], after },
    ...signed(by),
  });
  for (const id of steps) {
    enterStep(turn, runId, id, 'route');
    const preview = previews[id];
    const visit = turn.run(runId).steps[id];
    if (visit?.write?.phase !== 'planning' || visit.finished !== null) continue;
    if (preview?.plan.kind !== 'plan' || preview.expiresAt <= turn.at) continue;
    turn.emit({
      type: 'PlanComputed',
      run: runId,
      step: id,
      visit: visit.visit,
      preview: false,
      plan: preview.plan,
      expiresAt: preview.expiresAt,
    });
  }
}

function signed({ moved, reason = null }: Moved) {
  return {
    moved,
    ...(!moved && { actor: bot }),
    ...(reason !== null && { texts: { reason } }),
  };
}

/** All that stands between the run and the step: what it reads, what that reads, and so on. */
function missingFor(run: Run, stepId: string): readonly string[] {
  const missing = new Set(directlyMissing(run, stepId));
  // A set that grows while it is walked is walked to its new end.
  for (const id of missing) {
    if (!isRead(stepOf(run.document.runbook, id))) continue;
    for (const further of directlyMissing(run, id)) missing.add(further);
  }
  missing.delete(stepId);
  return [...missing];
}

/** Steps that a step reads and that have no result yet. */
export function directlyMissing(run: Run, stepId: string): readonly string[] {
  const { runbook } = run.document;
  return stepsReadBy(stepOf(runbook, stepId)).filter((id) => {
    const finished = run.steps[id]?.finished ?? null;
    const done = finished !== null && finished.status !== 'cancelled';
    return id !== stepId && findStep(runbook, id) !== null && !done;
  });
}
