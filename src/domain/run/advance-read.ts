import { condition } from '#domain/expressions/evaluate.ts';
import type { Turn } from '#domain/stream/turn.ts';

import { finishRead, isReady, requestOf, stepOfActivity, takeMeasurement } from './read.ts';
import { scopeOfActivity } from './scope.ts';
import type { Activity, Run, StepVisit } from './state.ts';
import { stepOf } from './structure.ts';

/** Does the next thing that a read can do without measuring: leave out, give up, end. */
export function advanceRead(turn: Turn, run: Run, visit: StepVisit): boolean {
  if (visit.activities.length === 0) return false;
  if (visit.activities.every((activity) => activity.done)) {
    finishRead(turn, run.id, visit);
    return true;
  }
  return visit.activities.some(
    (activity) =>
      !activity.done &&
      isReady(run, visit, activity) &&
      (leaveOut(turn, run, visit, activity) || giveUp(turn, run, visit, activity)),
  );
}

/** A nested step has an `if` of its own; at the top level the step around it has been asked before. */
function leaveOut(turn: Turn, run: Run, visit: StepVisit, activity: Activity): boolean {
  const parent = stepOf(run.document.runbook, visit.step);
  const child = stepOfActivity(run, activity, visit);
  if (child === parent || child.if === null) return false;

  const wanted = condition(
    child.if,
    scopeOfActivity(run, turn.stream().incident, parent, activity),
  );
  if (wanted.ok && wanted.value) return false;
  takeMeasurement(
    turn,
    run.id,
    visit,
    activity,
    wanted.ok
      ? { kind: 'skipped' }
      : { kind: 'unavailable', message: `if: ${wanted.error}`, retry: false },
  );
  return true;
}

/** What can't be asked is not asked: the activity ends without data. */
function giveUp(turn: Turn, run: Run, visit: StepVisit, activity: Activity): boolean {
  const request = requestOf(run, turn.stream().incident, visit, activity);
  if (request.ok) return false;
  takeMeasurement(turn, run.id, visit, activity, {
    kind: 'unavailable',
    message: request.error,
    retry: false,
  });
  return true;
}
