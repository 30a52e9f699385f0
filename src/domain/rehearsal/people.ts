import { parseDuration } from '#domain/duration.ts';
import type { Actor } from '#domain/ids.ts';
import type { RunCommand } from '#domain/run/commands.ts';
import type { Run, StepVisit } from '#domain/run/state.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Stream } from '#domain/stream/stream.ts';

import { placeInCase } from './place-in-case.ts';
import type { Act, RehearsalCase } from './rehearsal-case.ts';

/** Scripted people: when an act can be done, and which command it is. */

export function person(user: string): Actor {
  return { kind: 'person', id: user, name: user };
}

/** The run that has the step of an act; `parent.child` names a step of a called run. */
export function runOfAct(stream: Stream, act: Act): { run: Run; step: string } | null {
  for (const run of Object.values(stream.runs)) {
    if (run.end !== null) continue;
    const { steps } = run.document.runbook;
    const id = steps.find((step) => placeInCase(stream, run, step.id) === act.step)?.id;
    if (id !== undefined) return { run, step: id };
  }
  return null;
}

/**
 * Whether the moment of an act has come. While a step is busy, whoever would steer it lets it
 * finish that first.
 */
export function canAct(run: Run, step: string, act: Act, isBusy: boolean): boolean {
  const visit = run.steps[step];
  const asked = isAsked(run, step);
  if (asked && (steers(act) || act.rerun === true || isByHand(act, visit))) return true;
  if (visit === undefined) return false;
  if (act.expect === 'refused' && wasAnswered(visit)) return true;
  if ((act.approve ?? act.reject ?? act.breakGlass) || isByHand(act, visit)) {
    return visit.write?.phase === 'approving';
  }
  if (act.rerun) return visit.finished !== null;
  if (act.skip) return visit.finished === null && !isBusy;
  if (steers(act)) return !isBusy;
  return visit.finished === null && visit.wait !== null;
}

function isAsked({ position }: Run, step: string): boolean {
  return position.kind === 'ask' && position.step === step;
}

function steers(act: Act): boolean {
  return act.goto !== undefined || act.stop === true || act.skip === true;
}

/** `done` of a step that writes: somebody has done it by its fallback. */
function isByHand(act: Act, visit: StepVisit | undefined): boolean {
  return act.done === true && visit?.write != null;
}

function wasAnswered(visit: StepVisit): boolean {
  const phase = visit.write?.phase;
  return visit.finished !== null || phase === 'approved' || phase === 'acting';
}

export function delayOf(act: Act): number {
  return parseDuration(act.after ?? '0s') ?? 0;
}

export function groupsOf(
  { users }: RehearsalCase,
  settings: Settings,
  user: string,
): readonly string[] {
  const given = users !== undefined && Object.hasOwn(users, user) ? users[user] : undefined;
  return given ?? Object.keys(settings.groups);
}

export function commandOf(
  act: Act,
  { run, step, at, groups }: { run: Run; step: string; at: string; groups: readonly string[] },
): RunCommand {
  const visit = run.steps[step];
  const common = { at, actor: person(act.user), run: run.id };
  const here = { ...common, step, visit: visit?.visit ?? 0 };
  const write = visit?.write ?? null;
  const hash = write === null || write.phase === 'planning' ? '' : write.plan.hash;
  const reason = act.reason ?? null;

  if (act.choose !== undefined) return { ...here, type: 'Choose', option: act.choose, reason };
  if (act.answer !== undefined) return { ...here, type: 'Answer', values: act.answer };
  if (isByHand(act, visit)) return { ...here, type: 'ByHand', note: reason };
  if (act.done) return { ...here, type: 'MarkDone', note: reason };
  if (act.approve) return { ...here, type: 'Approve', hash, groups, reason };
  if (act.reject) return { ...here, type: 'Reject', hash, groups, reason };
  if (act.breakGlass) return { ...here, type: 'BreakGlass', hash, groups, reason: reason ?? '' };
  if (act.skip) return { ...here, type: 'Skip', reason: reason ?? 'rehearsed' };
  if (act.goto !== undefined) return { ...common, type: 'GoTo', step: act.goto, reason };
  if (act.rerun) return { ...common, type: isAsked(run, step) ? 'Retry' : 'Rerun', step };
  if (act.stop) return { ...common, type: 'Stop', reason: reason ?? 'rehearsed' };
  return { ...here, type: 'Confirm', confirmed: act.confirm ?? true, cause: reason };
}

/** The act in words: `ana: choose rollback at decide`. */
export function wordsOf(act: Act): string {
  return `${act.user}: ${verbOf(act)} at ${act.step}`;
}

function verbOf(act: Act): string {
  if (act.choose !== undefined) return `choose ${act.choose}`;
  if (act.goto !== undefined) return `go to ${act.goto}`;
  if (act.answer !== undefined) return 'answer';
  if (act.breakGlass) return 'break the glass';
  if (act.rerun) return 'run again';
  if (act.confirm !== undefined) return act.confirm ? 'confirm' : 'keep open';
  return (['done', 'approve', 'reject', 'skip', 'stop'] as const).find((verb) => act[verb]) ?? '';
}
