import type { RunEvent } from './events.ts';
import { evolveWrite } from './evolve-write.ts';
import { observedAfter } from './observation.ts';
import { optionsOf } from './options.ts';
import { stamp } from './stamp.ts';
import type { Activity, Run, StepVisit } from './state.ts';
import { putTextsBack } from './typed-texts.ts';

/** Folds one event into the run. Never refuses: what does not fit any more changes nothing. */
export function evolveRun(run: Run, event: RunEvent): Run {
  switch (event.type) {
    case 'RunStarted':
      return run;
    case 'RunBegan':
      return { ...run, mover: event.actor };
    case 'StepEntered':
      return entered(run, event);
    case 'PositionSet': {
      const mover = event.moved ? event.actor : run.mover;
      const position =
        event.position.kind === 'at'
          ? { ...event.position, since: event.at }
          : { ...event.position, since: event.at, told: 0 };
      return { ...run, mover, position, previews: {} };
    }
    case 'Measured':
      return changeVisit(run, event, (visit) => ({
        ...visit,
        activities: visit.activities.map((activity) =>
          activity.path === event.path ? measured(activity, event) : activity,
        ),
      }));
    case 'SeriesObserved':
      return { ...run, observed: observedAfter(run.observed, event) };
    case 'StepFinished':
      return finished(run, event);
    case 'PlanComputed':
      return planned(run, event);
    case 'ApprovalRequested':
    case 'Approved':
    case 'Rejected':
    case 'GlassBroken':
    case 'PlanDropped':
    case 'WriteStarted':
    case 'WriteFailed':
    case 'WriteProgressed':
      return changeVisit(run, event, (visit) => evolveWrite(visit, event));
    case 'Chosen':
      return changeVisit(run, event, (visit) =>
        stamp({ ...visit, wait: null }, `${optionLabel(run, event)}, chosen`, event),
      );
    case 'Answered':
      return changeVisit(run, event, (visit) => stamp({ ...visit, wait: null }, 'Answered', event));
    case 'MarkedDone':
      return changeVisit(run, event, (visit) => stamp({ ...visit, wait: null }, 'Done', event));
    case 'Confirmed':
      return changeVisit(run, event, (visit) =>
        stamp({ ...visit, wait: null }, 'Confirmed', event),
      );
    case 'Escalated':
      return escalated(run, event);
    case 'Told':
      return run;
    case 'RunEnded':
      return {
        ...run,
        end: {
          status: event.status,
          verdict: event.verdict,
          at: event.at,
          by: event.actor,
          reason: event.texts?.['reason'] ?? null,
        },
      };
    default:
      return event satisfies never;
  }
}

export function startedRun(event: Extract<RunEvent, { type: 'RunStarted' }>): Run {
  return {
    id: event.run,
    document: event.document,
    called: event.called,
    inputs: event.inputs,
    mode: event.mode,
    unattended: event.unattended ?? false,
    service: event.service,
    environment: event.environment,
    parent: event.parent,
    alert: event.alert,
    since: event.since,
    severity: event.severity,
    startedAt: event.at,
    startedBy: event.actor,
    mover: event.actor,
    position: event.waits
      ? { kind: 'start' }
      : { kind: 'at', steps: [], after: null, since: event.at },
    steps: {},
    path: [],
    previews: {},
    lastWriteAt: null,
    observed: { moments: [], last: null, missed: null },
    end: null,
  };
}

function entered(run: Run, event: Extract<RunEvent, { type: 'StepEntered' }>): Run {
  const visit: StepVisit = {
    step: event.step,
    visit: event.visit,
    order: run.path.length + 1,
    purpose: event.purpose,
    enteredAt: event.at,
    enteredBy: event.actor,
    finished: null,
    activities: event.activities.map((activity) => ({
      ...activity,
      sample: 1,
      attempt: 1,
      nextAt: event.at,
      passingSince: null,
      last: null,
      done: false,
    })),
    wait: event.escalation ? { since: event.at, escalation: event.escalation, told: 0 } : null,
    draft: event.draft ?? null,
    write: event.write ? { phase: 'planning', round: 1 } : null,
    failures: [],
    stamps: [],
  };
  return {
    ...run,
    steps: { ...run.steps, [event.step]: visit },
    path: [...run.path, event.step],
  };
}

function measured(activity: Activity, event: Extract<RunEvent, { type: 'Measured' }>): Activity {
  const { measurement, verdict, summary, at, next, passingSince } = event;
  const last = { measurement, verdict, summary, at };
  return next === null
    ? { ...activity, last, passingSince, done: true }
    : {
        ...activity,
        last,
        passingSince,
        sample: next.sample,
        attempt: next.attempt,
        nextAt: next.at,
      };
}

function finished(run: Run, event: Extract<RunEvent, { type: 'StepFinished' }>): Run {
  const before = run.steps[event.step];
  const wrote = before?.write?.phase === 'acting' || event.byHand === true || event.wrote === true;
  const moves = event.actor.kind === 'person' && before?.purpose === 'route';
  const { finding, outputs, result } = event;
  const whole = putTextsBack({ finding, outputs, result }, event.texts);
  const changed = changeVisit(run, event, (visit) => ({
    ...visit,
    wait: null,
    finished: {
      at: event.at,
      by: event.actor,
      status: event.status,
      verdict: event.verdict,
      outcome: event.outcome,
      ...whole,
      byHand: event.byHand ?? false,
      reason: event.texts?.['reason'] ?? null,
    },
  }));
  return {
    ...changed,
    lastWriteAt: wrote ? event.at : run.lastWriteAt,
    mover: moves ? event.actor : run.mover,
  };
}

function planned(run: Run, event: Extract<RunEvent, { type: 'PlanComputed' }>): Run {
  const { plan, at, expiresAt } = event;
  if (event.preview) {
    return { ...run, previews: { ...run.previews, [event.step]: { plan, at, expiresAt } } };
  }
  if (plan.kind !== 'plan') return run;
  return changeVisit(run, event, (visit) => ({
    ...visit,
    write: {
      phase: 'planned',
      round: visit.write?.round ?? 1,
      plan: { plan: plan.plan, hash: plan.hash, migrations: plan.migrations, expiresAt },
    },
  }));
}

function escalated(run: Run, event: Extract<RunEvent, { type: 'Escalated' }>): Run {
  const told = event.rung + 1;
  const { position } = run;
  if (position.kind === 'ask' && position.step === event.step && position.since === event.since) {
    return { ...run, position: { ...position, told } };
  }
  const visit = run.steps[event.step];
  if (visit?.wait?.since !== event.since) return run;
  const changed = { ...visit, wait: { ...visit.wait, told } };
  return { ...run, steps: { ...run.steps, [event.step]: changed } };
}

function optionLabel(run: Run, event: Extract<RunEvent, { type: 'Chosen' }>): string {
  const step = run.document.runbook.steps.find((one) => one.id === event.step);
  return (step && optionsOf(step)[event.option]?.label) ?? event.option;
}

/** Changes a visit if it is still the step's last one; an event of an older visit changes nothing. */
function changeVisit(
  run: Run,
  event: { step: string; visit: number },
  change: (visit: StepVisit) => StepVisit,
): Run {
  const visit = run.steps[event.step];
  if (visit === undefined || visit.visit !== event.visit) return run;
  return { ...run, steps: { ...run.steps, [event.step]: change(visit) } };
}
