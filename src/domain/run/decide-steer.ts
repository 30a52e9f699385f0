import type { Turn } from '#domain/stream/turn.ts';

import { begin, settle } from './advance.ts';
import type { RunCommand, StartRun } from './commands.ts';
import { cancelActive, endCalled, endRun } from './end-run.ts';
import { enterStep } from './enter.ts';
import { finish } from './finish.ts';
import { goToPrepared } from './go-to.ts';
import { resolveInputs } from './inputs.ts';
import { alreadyAnswered, hasText, refuse, stale, type Refusal } from './refusals.ts';
import { findStep, following, isRead, isWrite } from './structure.ts';
import { writeUnderWay } from './write-under-way.ts';

/** People can always steer: start, re-run, skip, go to, do by hand, stop. */

type Command<Type extends RunCommand['type']> = Extract<RunCommand, { type: Type }>;

export function startRun(turn: Turn, command: StartRun): Refusal {
  const { document, called, mode, alert, waits } = command;
  const unattended = command.unattended === true && mode === 'dryRun';
  const { incident, runs } = turn.stream();
  if (Object.hasOwn(runs, command.run)) {
    return refuse('run.exists', 'This run has already been started.');
  }
  const checked = resolveInputs(document.runbook, command.inputs);
  if (!checked.ok) return refuse('run.bad-inputs', `${checked.error}.`);
  const same = Object.values(runs).find(
    (run) =>
      run.end === null && run.parent === null && run.document.runbook.id === document.runbook.id,
  );
  if (same) {
    return refuse('run.already-running', `${document.runbook.title} is already running here.`);
  }
  const given = checked.value['environment'];
  const { service } = document.runbook;
  turn.emit({
    type: 'RunStarted',
    run: command.run,
    document,
    called,
    inputs: checked.value,
    mode,
    ...(unattended && { unattended }),
    service,
    environment:
      typeof given === 'string'
        ? given
        : (incident?.environment ??
          turn.settings.services[service]?.environments[0] ??
          'production'),
    parent: null,
    alert,
    since: incident?.startedAt ?? turn.at,
    waits,
    severity: incident?.severity ?? null,
  });
  if (!waits) begin(turn, command.run);
  settle(turn);
  return null;
}

export function rerun(turn: Turn, command: Command<'Rerun'>): Refusal {
  const run = turn.run(command.run);
  const step = findStep(run.document.runbook, command.step);
  if (step === null) return unknownStep();
  if (!isRead(step)) {
    return refuse('run.not-a-check', 'Only a check can be run again from the side.');
  }
  if (run.steps[step.id]?.finished === null) {
    return refuse('run.is-running', `${step.title} is running now.`);
  }
  enterStep(turn, run.id, step.id, 'rerun');
  settle(turn);
  return null;
}

export function retry(turn: Turn, command: Command<'Retry'>): Refusal {
  const { position } = turn.run(command.run);
  if (position.kind !== 'ask' || position.step !== command.step) return stale();
  goToPrepared(turn, command.run, command.step, { moved: true });
  settle(turn);
  return null;
}

export function goToStep(turn: Turn, command: Command<'GoTo'>): Refusal {
  const run = turn.run(command.run);
  if (findStep(run.document.runbook, command.step) === null) return unknownStep();
  if (run.position.kind === 'start') {
    return refuse('run.not-started', 'This run has not been started yet.');
  }
  const underWay = writeUnderWay(turn, run.id);
  if (underWay) return underWay;
  cancelActive(turn, run.id, `Went to ${command.step}`);
  goToPrepared(turn, run.id, command.step, { moved: true, reason: command.reason });
  settle(turn);
  return null;
}

export function skip(turn: Turn, command: Command<'Skip'>): Refusal {
  if (!hasText(command.reason)) return refuse('run.reason-needed', 'Say why it is skipped.');
  const run = turn.run(command.run);
  const { position } = run;
  if (position.kind === 'ask' && position.step === command.step) {
    const step = findStep(run.document.runbook, command.step);
    const next = step?.next['skipped'] ?? following(run.document.runbook, command.step);
    if (next === 'end') endRun(turn, run.id, 'succeeded', command.reason);
    else if (next === 'ask') return refuse('run.asks-again', 'Skipping this step asks again.');
    else goToPrepared(turn, run.id, next, { moved: true, reason: command.reason });
    settle(turn);
    return null;
  }
  const visit = run.steps[command.step];
  if (!visit || visit.visit !== command.visit) return stale();
  if (visit.finished !== null) return alreadyAnswered(visit);
  const underWay = writeUnderWay(turn, run.id, command.step);
  if (underWay) return underWay;
  endCalled(turn, run.id, visit, command.reason);
  const { reason } = command;
  finish(turn, run.id, visit, { status: 'skipped', outcome: 'skipped', text: 'Skipped', reason });
  settle(turn);
  return null;
}

/** A write that a person did by its fallback. The checks after it say whether it helped. */
export function byHand(turn: Turn, command: Command<'ByHand'>): Refusal {
  const run = turn.run(command.run);
  const step = findStep(run.document.runbook, command.step);
  if (step === null || !isWrite(step)) {
    return refuse('run.not-a-write', 'This step writes nothing.');
  }
  const { position } = run;
  const asked = position.kind === 'ask' && position.step === step.id;
  if (asked) enterStep(turn, run.id, step.id, 'route');
  const visit = turn.run(run.id).steps[step.id];
  if (!visit || (!asked && visit.visit !== command.visit)) return stale();
  if (visit.finished !== null) return alreadyAnswered(visit);
  const underWay = writeUnderWay(turn, run.id, step.id);
  if (underWay) return underWay;
  if (asked) {
    turn.emit({
      type: 'PositionSet',
      run: run.id,
      position: { kind: 'at', steps: [step.id], after: null },
      moved: true,
    });
  }
  finish(turn, run.id, visit, {
    status: 'succeeded',
    outcome: 'succeeded',
    text: `Done by hand by ${turn.actor.name}`,
    byHand: true,
    reason: command.note,
  });
  settle(turn);
  return null;
}

export function stop(turn: Turn, command: Command<'Stop'>): Refusal {
  if (!hasText(command.reason)) return refuse('run.reason-needed', 'Say why the runbook stops.');
  const run = turn.run(command.run);
  const underWay = writeUnderWay(turn, run.id);
  if (underWay) return underWay;
  endRun(turn, run.id, run.position.kind === 'ask' ? 'failed' : 'stopped', command.reason);
  settle(turn);
  return null;
}

function unknownStep(): Refusal {
  return refuse('run.unknown-step', 'This runbook has no such step.');
}
