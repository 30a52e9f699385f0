import { parseDuration } from '#domain/duration.ts';
import { bot } from '#domain/ids.ts';
import type { Incident } from '#domain/incident/state.ts';
import type { JsonObject } from '#domain/json.ts';

import type { RunCommand } from './commands.ts';
import { inputsOf } from './inputs-of-step.ts';
import { dueObservation } from './observation.ts';
import { optionsOf } from './options.ts';
import { placeOf } from './place.ts';
import { attemptTimeoutMs, durationOf, isReady, later, requestOf, stepOfActivity } from './read.ts';
import { scopeOf } from './scope.ts';
import type { Run, StepVisit } from './state.ts';
import { findStep, isWrite, stepOf } from './structure.ts';
import { writeKey } from './write-key.ts';

/**
 * What a run now needs from the outside. Derived from the state alone, never from the event that
 * led to it, so that a restarted process asks the same question, gets the same ids, and goes on.
 * An id is unique in the stream; what has been done is no longer due.
 */
export type RunEffect = { id: string; run: string; step: string; visit: number } & (
  | {
      type: 'Measure';
      runAt: string;
      path: string;
      sample: number;
      attempt: number;
      uses: string;
      with: JsonObject;
      timeoutMs: number;
    }
  /** Reads the metric that the run is about over the time of the trouble. */
  | { type: 'Observe'; runAt?: string; moment: string; with: JsonObject }
  | { type: 'Plan'; runAt: string; preview: boolean; uses: string; with: JsonObject }
  /** Acts, or finds out what an earlier attempt did. `with` is null where it can't be told any more. */
  | {
      type: 'Write';
      runAt: string;
      key: string;
      uses: string;
      with: JsonObject | null;
      service: string;
      environment: string;
    }
  | { type: 'DeclareIncident'; with: JsonObject }
  /** A timer: the command to give when its time has come. */
  | { type: 'Wake'; runAt: string; command: RunCommand }
);

export function dueRunEffects(run: Run, incident: Incident | null): readonly RunEffect[] {
  if (run.end !== null) return [];
  const effects = Object.values(run.steps).flatMap((visit) =>
    visit.finished === null ? effectsOfVisit(run, incident, visit) : [],
  );
  return [...effects, ...wakesOfAsk(run), ...observations(run, incident)];
}

function observations(run: Run, incident: Incident | null): RunEffect[] {
  const due = dueObservation(run, incident);
  if (due === null) return [];
  const { step, visit, moment, again } = due;
  const id = `${run.id}/observe:${moment}${again ? `:${again.failed}` : ''}`;
  const effect = { id, run: run.id, step, visit, type: 'Observe', moment, with: due.with } as const;
  return [again ? { ...effect, runAt: again.runAt } : effect];
}

function effectsOfVisit(run: Run, incident: Incident | null, visit: StepVisit): RunEffect[] {
  return [
    ...measures(run, incident, visit),
    ...plans(run, incident, visit),
    ...writes(run, incident, visit),
    ...expiries(run, visit),
    ...declarations(run, incident, visit),
    ...escalations(run, visit.step, visit.wait),
    ...timeouts(run, incident, visit),
  ];
}

function measures(run: Run, incident: Incident | null, visit: StepVisit): RunEffect[] {
  return visit.activities.flatMap((activity): RunEffect[] => {
    if (activity.done || !isReady(run, visit, activity)) return [];
    const request = requestOf(run, incident, visit, activity);
    if (!request.ok) return [];
    const step = stepOfActivity(run, activity, visit);
    const { path, sample, attempt, nextAt } = activity;
    return [
      {
        ...at(run, visit, `measure:${path}:${visit.visit}:${sample}:${attempt}`),
        type: 'Measure',
        runAt: nextAt,
        path,
        sample,
        attempt,
        uses: step.uses,
        with: request.value,
        timeoutMs: attemptTimeoutMs(step, scopeOf(run, incident)),
      },
    ];
  });
}

function plans(run: Run, incident: Incident | null, visit: StepVisit): RunEffect[] {
  const step = stepOf(run.document.runbook, visit.step);
  if (visit.write?.phase === 'planning') {
    const resolved = inputsOf(step, scopeOf(run, incident));
    if (!resolved.ok) return [];
    return [
      {
        ...at(run, visit, `plan:${visit.step}:${visit.visit}:${visit.write.round}`),
        type: 'Plan',
        runAt: visit.enteredAt,
        preview: false,
        uses: step.uses,
        with: resolved.value,
      },
    ];
  }
  if (step.uses !== 'choose' || visit.wait === null) return [];
  return Object.values(optionsOf(step)).flatMap((option): RunEffect[] => {
    const target = findStep(run.document.runbook, option.next);
    if (target === null || !isWrite(target)) return [];
    const resolved = inputsOf(target, scopeOf(run, incident));
    if (!resolved.ok) return [];
    const known = run.previews[target.id];
    const runAt = known?.expiresAt ?? visit.enteredAt;
    return [
      {
        ...at(run, visit, `preview:${visit.step}:${visit.visit}:${target.id}:${runAt}`),
        step: target.id,
        type: 'Plan',
        runAt,
        preview: true,
        uses: target.uses,
        with: resolved.value,
      },
    ];
  });
}

function writes(run: Run, incident: Incident | null, visit: StepVisit): RunEffect[] {
  const { write } = visit;
  if (write?.phase !== 'approved' && write?.phase !== 'acting') return [];
  const step = stepOf(run.document.runbook, visit.step);
  const { failures } = visit;
  const tried = failures.length === 0 ? '' : `:${failures.length + 1}`;
  const id = `write:${visit.step}:${visit.visit}:${write.round}${tried}`;
  const place = placeOf(run, incident, step);
  const inputs = inputsOf(step, scopeOf(run, incident));
  return [
    {
      ...at(run, visit, id),
      type: 'Write',
      key: writeKey(run, visit),
      runAt: 'notBefore' in write ? (write.notBefore ?? visit.enteredAt) : visit.enteredAt,
      uses: step.uses,
      with: inputs.ok ? inputs.value : null,
      ...place,
    },
  ];
}

/** A plan that nobody has acted on by then is made anew. */
function expiries(run: Run, visit: StepVisit): RunEffect[] {
  const { write, step, visit: number } = visit;
  if (write?.phase !== 'approving' && write?.phase !== 'approved') return [];
  const { hash, expiresAt } = write.plan;
  return [
    {
      ...at(run, visit, `expire:${step}:${number}:${write.round}`),
      type: 'Wake',
      runAt: expiresAt,
      command: {
        type: 'ExpirePlan',
        at: expiresAt,
        actor: bot,
        run: run.id,
        step,
        visit: number,
        hash,
      },
    },
  ];
}

function declarations(run: Run, incident: Incident | null, visit: StepVisit): RunEffect[] {
  const step = stepOf(run.document.runbook, visit.step);
  if (step.uses !== 'incident.declare' || incident !== null) return [];
  const resolved = inputsOf(step, scopeOf(run, incident));
  const id = `declare:${visit.step}:${visit.visit}`;
  const inputs = resolved.ok ? resolved.value : {};
  return [{ ...at(run, visit, id), type: 'DeclareIncident', with: inputs }];
}

function timeouts(run: Run, incident: Incident | null, visit: StepVisit): RunEffect[] {
  const step = stepOf(run.document.runbook, visit.step);
  const isGroup = step.uses === 'parallel' || step.uses === 'runbook';
  if (step.timeout === null || (visit.wait === null && !isGroup) || visit.write !== null) return [];
  const ms = durationOf(step.timeout, scopeOf(run, incident), parseDuration('24h') ?? 0);
  const runAt = later(visit.enteredAt, ms);
  const { step: id, visit: number } = visit;
  return [
    {
      ...at(run, visit, `timeout:${id}:${number}`),
      type: 'Wake',
      runAt,
      command: { type: 'TimeOut', at: runAt, actor: bot, run: run.id, step: id, visit: number },
    },
  ];
}

function wakesOfAsk(run: Run): RunEffect[] {
  return run.position.kind === 'ask' ? escalations(run, run.position.step, run.position) : [];
}

/** The next rung only: the one after it becomes due when this one has been told. */
function escalations(run: Run, step: string, wait: StepVisit['wait']): RunEffect[] {
  const rung = wait?.escalation[wait.told];
  if (wait === null || rung === undefined) return [];
  const { since, told } = wait;
  const runAt = later(since, rung.afterMs);
  return [
    {
      id: `${run.id}/escalate:${step}:${since}:${told}`,
      run: run.id,
      step,
      visit: run.steps[step]?.visit ?? 0,
      type: 'Wake',
      runAt,
      command: { type: 'Escalate', at: runAt, actor: bot, run: run.id, step, since, rung: told },
    },
  ];
}

function at(run: Run, visit: StepVisit, id: string) {
  return { id: `${run.id}/${id}`, run: run.id, step: visit.step, visit: visit.visit };
}
