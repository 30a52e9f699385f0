import { samePerson, type Actor } from '#domain/ids.ts';
import { textOf, textsOf, type Json } from '#domain/json.ts';
import type { Turn } from '#domain/stream/turn.ts';

import { begin, settle } from './advance.ts';
import { oncallBreaksGlassAfterMs } from './approval.ts';
import type { RunCommand } from './commands.ts';
import { fieldsOf } from './fields.ts';
import { finish } from './finish.ts';
import { ask } from './go-to.ts';
import { checkValues } from './inputs.ts';
import { lacksReason } from './migration-reason.ts';
import { optionsOf } from './options.ts';
import { alreadyAnswered, hasText, refuse, said, stale, type Refusal } from './refusals.ts';
import type { ApprovalRequest, Run, StepVisit } from './state.ts';
import { findStep, stepOf } from './structure.ts';
import { resolveIncident } from './tell.ts';

/** Answers to what a run asks of people. */

type Command<Type extends RunCommand['type']> = Extract<RunCommand, { type: Type }>;

export function beginRun(turn: Turn, command: Command<'Begin'>): Refusal {
  if (turn.run(command.run).position.kind !== 'start') {
    return refuse('run.already-started', 'This run has already been started.');
  }
  turn.emit({ type: 'RunBegan', run: command.run });
  begin(turn, command.run);
  settle(turn);
  return null;
}

export function choose(turn: Turn, command: Command<'Choose'>): Refusal {
  const run = turn.run(command.run);
  const waiting = waitingVisit(run, command, 'choose');
  if (!waiting.visit) return waiting.refusal;
  const { visit } = waiting;
  const step = stepOf(run.document.runbook, visit.step);
  const options = optionsOf(step);
  const option = Object.hasOwn(options, command.option) ? options[command.option] : undefined;
  if (option === undefined) return refuse('run.unknown-option', 'There is no such option.');

  const preview = run.previews[option.next]?.plan;
  if (preview?.kind === 'plan' && preview.migrations.length > 0 && !hasText(command.reason)) {
    return refuse(
      'run.reason-needed',
      `The way back crosses migrations (${preview.migrations.join(', ')}): say why it is safe.`,
    );
  }
  const texts = command.reason === null ? {} : { texts: { reason: command.reason } };
  const { step: id, visit: number } = visit;
  turn.emit({
    type: 'Chosen',
    run: run.id,
    step: id,
    visit: number,
    option: command.option,
    ...texts,
  });
  finish(turn, run.id, visit, {
    status: 'succeeded',
    outcome: command.option,
    text: option.label,
    result: { choice: command.option, by: turn.actor.id },
  });
  settle(turn);
  return null;
}

export function answer(turn: Turn, command: Command<'Answer'>): Refusal {
  const run = turn.run(command.run);
  const waiting = waitingVisit(run, command, 'form');
  if (!waiting.visit) return waiting.refusal;
  const { visit } = waiting;
  const checked = checkValues(fieldsOf(stepOf(run.document.runbook, visit.step)), command.values);
  if (!checked.ok) return refuse('run.bad-answer', `${checked.error}.`);
  const given = Object.entries(checked.value);
  const texts = Object.fromEntries(given.filter(isText));
  const values = Object.fromEntries(given.filter((entry) => !isText(entry)));
  turn.emit({ type: 'Answered', run: run.id, step: visit.step, visit: visit.visit, values, texts });
  finish(turn, run.id, visit, {
    status: 'succeeded',
    outcome: 'done',
    text: 'Answered',
    result: { values: checked.value, by: turn.actor.id },
  });
  settle(turn);
  return null;
}

export function markDone(turn: Turn, command: Command<'MarkDone'>): Refusal {
  const run = turn.run(command.run);
  const waiting = waitingVisit(run, command, 'manual');
  if (!waiting.visit) return waiting.refusal;
  const { visit } = waiting;
  const note = command.note;
  const texts = note === null ? {} : { texts: { reason: note } };
  turn.emit({ type: 'MarkedDone', run: run.id, step: visit.step, visit: visit.visit, ...texts });
  finish(turn, run.id, visit, {
    status: 'succeeded',
    outcome: 'done',
    text: textOf(visit.draft?.['confirm'], 'Done'),
    result: { by: turn.actor.id, note },
  });
  settle(turn);
  return null;
}

export function confirm(turn: Turn, command: Command<'Confirm'>): Refusal {
  const run = turn.run(command.run);
  const waiting = waitingVisit(run, command, 'incident.resolve');
  if (!waiting.visit) return waiting.refusal;
  const { visit } = waiting;
  if (!command.confirmed) {
    finish(turn, run.id, visit, { status: 'cancelled', outcome: 'cancelled', text: 'Kept open' });
    ask(turn, run.id, visit.step, 'The incident stays open.', { moved: true });
    return null;
  }
  turn.emit({ type: 'Confirmed', run: run.id, step: visit.step, visit: visit.visit });
  resolveIncident(turn, run.id, visit, {
    cause: command.cause ?? textOf(visit.draft?.['cause'], ''),
    followUps: textsOf(visit.draft?.['followUps']),
  });
  settle(turn);
  return null;
}

export function approve(turn: Turn, command: Command<'Approve'>): Refusal {
  const run = turn.run(command.run);
  const open = openRequest(run, command);
  if (!open.request) return open.refusal;
  const { request, visit } = open;
  if (open.expired) return planExpired();
  if (isSame(turn, request.requester)) {
    return refuse(
      'run.own-request',
      `You asked for this, so somebody else must approve it: ${whoMay(request)}.`,
    );
  }
  if (!request.groups.some((group) => command.groups.includes(group))) {
    return refuse('run.not-in-group', `Only ${whoMay(request)} may approve this.`);
  }
  const twice = request.approvedBy.find((one) => isSame(turn, one));
  if (twice) {
    const missing = request.required - request.approvedBy.length;
    return refuse('run.approved-by-you', `You have approved it; ${missing} more must.`);
  }
  const { reason = null } = command;
  if (lacksReason(run, visit) && !hasText(reason)) {
    return refuse('run.reason-needed', 'It crosses migrations: say why that is safe.');
  }
  turn.emit({
    type: 'Approved',
    run: run.id,
    step: visit.step,
    visit: visit.visit,
    hash: command.hash,
    ...(reason !== null && { texts: { reason } }),
  });
  return null;
}

export function reject(turn: Turn, command: Command<'Reject'>): Refusal {
  const run = turn.run(command.run);
  const open = openRequest(run, command);
  if (!open.request) return open.refusal;
  const { request, visit } = open;
  const mayWithdraw = isSame(turn, request.requester);
  if (!mayWithdraw && !request.groups.some((group) => command.groups.includes(group))) {
    return refuse('run.not-in-group', `Only ${whoMay(request)} may reject this.`);
  }
  const texts = command.reason === null ? {} : { texts: { reason: command.reason } };
  turn.emit({ type: 'Rejected', run: run.id, step: visit.step, visit: visit.visit, ...texts });
  finish(turn, run.id, visit, {
    status: 'failed',
    outcome: 'rejected',
    text: mayWithdraw ? 'Withdrawn' : 'Rejected',
    reason: command.reason,
  });
  settle(turn);
  return null;
}

/** For the hour when nobody else is there: alone, with a reason, announced and marked in the record. */
export function breakGlass(turn: Turn, command: Command<'BreakGlass'>): Refusal {
  const run = turn.run(command.run);
  const open = openRequest(run, command);
  if (!open.request) return open.refusal;
  const { request, visit } = open;
  if (open.expired) return planExpired();
  if (!hasText(command.reason)) {
    return refuse('run.reason-needed', 'Breaking the glass needs a reason.');
  }
  const atOnce = request.breakGlass.some((group) => command.groups.includes(group));
  const waitedMs = Date.parse(turn.at) - Date.parse(request.since);
  if (!atOnce && !command.groups.includes(request.oncall)) {
    const who = [...request.breakGlass, request.oncall].join(', ');
    return refuse('run.not-in-group', `Only members of ${who} may break the glass.`);
  }
  if (!atOnce && waitedMs < oncallBreaksGlassAfterMs) {
    const seconds = Math.ceil((oncallBreaksGlassAfterMs - waitedMs) / 1_000);
    const rest = seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
    return refuse('run.too-early', `You may break the glass in ${rest} if nobody has answered.`);
  }
  turn.emit({
    type: 'GlassBroken',
    run: run.id,
    step: visit.step,
    visit: visit.visit,
    hash: command.hash,
    texts: { reason: command.reason },
  });
  return null;
}

function isText(entry: [string, Json]): entry is [string, string] {
  return typeof entry[1] === 'string';
}

type Waiting = { visit: StepVisit } | { visit: null; refusal: Refusal };

function waitingVisit(run: Run, at: { step: string; visit: number }, uses: string): Waiting {
  const visit = run.steps[at.step];
  if (!visit || visit.visit !== at.visit) return { visit: null, refusal: stale() };
  if (visit.finished !== null) return { visit: null, refusal: alreadyAnswered(visit) };
  const step = findStep(run.document.runbook, at.step);
  if (step?.uses !== uses || visit.wait === null) {
    return { visit: null, refusal: refuse('run.not-waiting', 'Nobody is asked here now.') };
  }
  return { visit };
}

type Open =
  | { request: ApprovalRequest; visit: StepVisit; expired: boolean }
  | { request: null; refusal: Refusal };

function openRequest(
  run: Run,
  at: { step: string; visit: number; hash: string; at: string },
): Open {
  const visit = run.steps[at.step];
  if (!visit || visit.visit !== at.visit) return { request: null, refusal: stale() };
  const last = visit.stamps.at(-1);
  if (visit.finished !== null) return { request: null, refusal: alreadyAnswered(visit) };
  if (visit.write?.phase !== 'approving') {
    const refusal = last
      ? refuse('run.already-answered', said(last))
      : refuse('run.not-waiting', 'Nothing is waiting for approval here now.');
    return { request: null, refusal };
  }
  if (visit.write.plan.hash !== at.hash) {
    return {
      request: null,
      refusal: refuse('run.plan-changed', 'The plan has changed since; look at the new one.'),
    };
  }
  const { request, plan } = visit.write;
  return { request, visit, expired: plan.expiresAt <= at.at };
}

/** An approval expires with its plan, even while the timer that drops the plan is late. */
function planExpired(): Refusal {
  return refuse('run.plan-expired', 'The plan is too old; it is made anew.');
}

function isSame({ actor, settings }: Turn, other: Actor): boolean {
  return samePerson(other, actor, settings.identities);
}

function whoMay(request: ApprovalRequest): string {
  return request.groups.length === 0 ? 'nobody' : `a member of ${request.groups.join(' or ')}`;
}
