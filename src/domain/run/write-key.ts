import type { Run, StepVisit } from './state.ts';

/** What a write is sent under: all attempts at it have one key, until it is known to have failed. */
export function writeKey(run: Pick<Run, 'id'>, { step, visit, failures }: StepVisit): string {
  const key = `${run.id}/${step}/${visit}`;
  return failures.length === 0 ? key : `${key}/${failures.length + 1}`;
}
