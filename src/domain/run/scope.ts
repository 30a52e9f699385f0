import type { Scope, StepFacts } from '#domain/expressions/scope.ts';
import type { Incident } from '#domain/incident/state.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Step } from '#domain/runbook/runbook.ts';

import type { MeasurementRecord } from './events.ts';
import { outputsOf } from './outputs.ts';
import type { Activity, Run, StepVisit } from './state.ts';
import { findStep } from './structure.ts';

const known = new WeakMap<Run, { incident: Incident | null; scope: Scope }>();

/** What the expressions of a run can see; made once for each state of it. */
export function scopeOf(run: Run, incident: Incident | null): Scope {
  const before = known.get(run);
  if (before?.incident === incident) return before.scope;
  const scope = scopeFrom(run, incident);
  known.set(run, { incident, scope });
  return scope;
}

function scopeFrom(run: Run, incident: Incident | null): Scope {
  const { runbook } = run.document;
  const steps: Record<string, StepFacts> = {};
  for (const visit of Object.values(run.steps)) {
    const step = findStep(runbook, visit.step);
    if (step !== null) steps[step.id] = factsOf(step, visit);
  }
  return {
    inputs: run.inputs,
    inputSpecs: runbook.inputs,
    steps,
    run: {
      id: run.id,
      mode: run.mode,
      service: run.service,
      environment: run.environment,
      startedAt: run.startedAt,
      startedBy: run.startedBy.name,
    },
    ...(incident && { incident: incidentFacts(incident) }),
    ...(run.alert && { alert: { labels: run.alert } }),
  };
}

const knownInside = new WeakMap<Activity, { outside: Scope; scope: Scope }>();

/**
 * Inside `parallel`: the scope of the run, the item, and the siblings under their own names. Made once
 * for each state, too: what was evaluated in it is known by it.
 */
export function scopeOfActivity(
  run: Run,
  incident: Incident | null,
  parent: Step,
  activity: Activity,
): Scope {
  const outside = scopeOf(run, incident);
  if (parent.uses !== 'parallel') return outside;
  const before = knownInside.get(activity);
  if (before?.outside === outside) return before.scope;
  const activities = run.steps[parent.id]?.activities ?? [];
  const siblings = activities
    .filter((one) => one.done && JSON.stringify(one.item) === JSON.stringify(activity.item))
    .map((one) => [one.step, siblingFacts(parent, one, outside)] as const);
  const scope = {
    ...outside,
    steps: { ...outside.steps, ...Object.fromEntries(siblings) },
    ...(parent.foreach && { item: { name: parent.foreach.name, value: activity.item } }),
  };
  knownInside.set(activity, { outside, scope });
  return scope;
}

/** Most visits are the same in the next state, and so is what can be said of them. */
const knownFacts = new WeakMap<StepVisit, StepFacts>();

function factsOf(step: Step, visit: StepVisit): StepFacts {
  const found = knownFacts.get(visit) ?? factsFrom(step, visit);
  knownFacts.set(visit, found);
  return found;
}

function factsFrom(step: Step, visit: StepVisit): StepFacts {
  const { finished } = visit;
  return {
    uses: step.uses,
    status: finished?.status ?? null,
    verdict: finished?.verdict ?? null,
    result: finished?.result ?? null,
    outputs: finished?.outputs ?? {},
    ...(step.uses === 'parallel' && {
      children: visit.activities.map((activity) => ({
        id: activity.step,
        item: activity.item,
        ...activityFacts(step, activity),
      })),
    }),
  };
}

function activityFacts(parent: Step, activity: Activity): StepFacts {
  const child = parent.steps.find((step) => step.id === activity.step);
  const last = activity.done ? activity.last : null;
  const kind = last?.measurement.kind;
  return {
    uses: child?.uses ?? parent.uses,
    status: kind === undefined ? null : statusAfter[kind],
    verdict: kind === 'skipped' ? null : (last?.verdict ?? null),
    result: last === null ? null : resultOf(last.measurement),
    outputs: {},
  };
}

function siblingFacts(parent: Step, activity: Activity, scope: Scope): StepFacts {
  const child = parent.steps.find((step) => step.id === activity.step);
  const facts = activityFacts(parent, activity);
  return child === undefined ? facts : { ...facts, outputs: outputsOf(child, facts.result, scope) };
}

const statusAfter = {
  measured: 'succeeded',
  unreachable: 'succeeded',
  unavailable: 'failed',
  skipped: 'skipped',
} as const;

function incidentFacts(incident: Incident): JsonObject {
  const { id, title, severity, service, environment, startedAt, drill } = incident;
  return { id, title, severity, service, environment, startedAt, drill };
}

/** What a measurement found, or null where nothing was. */
export function resultOf(measurement: MeasurementRecord): JsonObject | null {
  return 'result' in measurement ? measurement.result : null;
}
