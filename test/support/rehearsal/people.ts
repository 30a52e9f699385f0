import { parseDuration } from '#domain/duration.ts';
import type { Actor } from '#domain/ids.ts';
import type { RunCommand } from '#domain/run/commands.ts';
import type { Run, StepVisit } from '#domain/run/state.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Stream } from '#domain/stream/stream.ts';

import { placeOf } from './answer-effect.ts';
import type { Act, RehearsalCase } from './rehearsal-case.ts';

/** Scripted people: when an act can be done, and which command it is. */

export function person(user: string): Actor {
  return { kind: 'person', id: user, name: user };
}

/** The run that has the step of an act; `parent.child` names a step of a called run. */
export function runOfAct(stream: Stream, act: Act): { run: Run; step: string } | null {
  for (const run of Object.values(stream.runs)) {
    const id = run.document.runbook.steps.find((step) => placeOf(run, step.id) === act.step)?.id;
    if (id !== undefined && run.end === null) return { run, step: id };
  }
  return null;
}

/**
 * Whether the moment of an act has come. `busy` are the steps that have something to do right now:
 * who steers a step lets it finish that first.
 */
export function canAct(run: Run, step: string, act: Act, busy: ReadonlySet<string>): boolean {
  const visit = run.steps[step];
  const asked = run.position.kind === 'ask' && run.position.step === step;
  if (visit === undefined) return asked && steers(act);
  if (act.expect === 'refused' && wasAnswered(visit)) return true;
  if (act.approve ?? act.reject ?? act.breakGlass) return visit.write?.phase === 'approving';
  if (act.rerun) return visit.finished !== null;
  if (act.skip) return asked || (visit.finished === null && !busy.has(step));
  if (steers(act)) return !busy.has(step);
  return visit.finished === null && visit.wait !== null;
}

function steers(act: Act): boolean {
  return act.goto !== undefined || act.stop === true || act.skip === true;
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
  return users?.[user] ?? Object.keys(settings.groups);
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
  if (act.done) return { ...here, type: 'MarkDone', note: reason };
  if (act.approve) return { ...here, type: 'Approve', hash, groups };
  if (act.reject) return { ...here, type: 'Reject', hash, groups, reason };
  if (act.breakGlass) return { ...here, type: 'BreakGlass', hash, groups, reason: reason ?? '' };
  if (act.skip) return { ...here, type: 'Skip', reason: reason ?? 'rehearsed' };
  if (act.goto !== undefined) return { ...common, type: 'GoTo', step: act.goto, reason };
  if (act.rerun) return { ...common, type: 'Rerun', step };
  if (act.stop) return { ...common, type: 'Stop', reason: reason ?? 'rehearsed' };
  return { ...here, type: 'Confirm', confirmed: act.confirm ?? true, cause: reason };
}
