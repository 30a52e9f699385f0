import type { Actor } from '#domain/ids.ts';
import type { Rejection } from '#domain/rejection.ts';

import type { Run, StepVisit } from './state.ts';

/** Null: the command was taken. */
export type Refusal = Rejection | null;

export function refuse(code: string, message: string): Rejection {
  return { code, message };
}

/** The answer to a report or a timer that came too late; nobody sees it. */
export function stale(): Rejection {
  return refuse('run.moved-on', 'The run has moved on.');
}

export function over(run: Run): Rejection {
  const { end } = run;
  const how = end === null ? 'is over' : `${end.status} at ${clockTime(end.at)} UTC`;
  return refuse('run.over', `This run ${how}.`);
}

/** The second of two people who press is told who was first. */
export function alreadyAnswered(visit: StepVisit): Rejection {
  const last = visit.stamps.at(-1);
  if (last) return refuse('run.already-answered', said(last));
  const { finished } = visit;
  if (finished === null) return stale();
  const who = finished.by.kind === 'person' ? `${finished.by.name}: ` : '';
  return refuse(
    'run.already-answered',
    `${who}this step was ${finished.status} at ${clockTime(finished.at)} UTC.`,
  );
}

export function said(stamp: { what: string; by: Actor; at: string }): string {
  return `Already answered: ${stamp.what} by ${stamp.by.name} at ${clockTime(stamp.at)} UTC.`;
}

/** Whether a reason was given where one is asked for. */
export function hasText(text: string | null): boolean {
  return text !== null && text.trim() !== '';
}

export function clockTime(at: string): string {
  return at.slice(11, 16);
}
