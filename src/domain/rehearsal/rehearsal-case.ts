import type { Json, JsonObject } from '#domain/json.ts';
import type { Verdict } from '#domain/run/events.ts';
import type { RunMode } from '#domain/runbook/runbook.ts';

/** One case of a `RunbookTest`: what the world answers, what people do, and what must come of it. */
export type RehearsalCase = {
  name?: string;
  inputs?: JsonObject | undefined;
  mode?: RunMode;
  /** User to groups. Who is not named belongs to every group. */
  users?: Readonly<Record<string, readonly string[]>> | undefined;
  /** By step (`parent.child`, `parent[item].child`): first call, second call, …; the last repeats. */
  mocks?: Readonly<Record<string, Mock | readonly Mock[]>> | undefined;
  people?: readonly Act[] | undefined;
  expect?: Expectation;
};

/** What one attempt gets: a part of a result, or one of the forms of `mock-forms.ts`. */
export type Mock = JsonObject;

export type Act = {
  step: string;
  user: string;
  choose?: string | undefined;
  answer?: JsonObject | undefined;
  /** Of a manual step; of a step that writes: it was done by its fallback. */
  done?: true | undefined;
  approve?: true | undefined;
  reject?: true | undefined;
  confirm?: boolean | undefined;
  breakGlass?: true | undefined;
  skip?: true | undefined;
  goto?: string | undefined;
  rerun?: true | undefined;
  stop?: true | undefined;
  /** Delay, counted from the moment when the act could have been done. */
  after?: string | undefined;
  reason?: string | undefined;
  expect?: 'refused' | undefined;
};

export type Expectation = {
  status?: 'succeeded' | 'stopped' | 'failed' | undefined;
  waitingOn?: string | undefined;
  path?: readonly string[] | undefined;
  /** Null: no option is recommended. */
  recommended?: Readonly<Record<string, string | null>> | undefined;
  verdicts?: Readonly<Record<string, Verdict>> | undefined;
  writes?: readonly string[] | undefined;
  elapsed?: { lessThan?: string | undefined; atLeast?: string | undefined } | undefined;
};

/** What came otherwise. `at` is its place in the case, as keys from the case's own map. */
export type Failure = {
  at: readonly (string | number)[];
  expected: Json;
  actual: Json;
  message: string;
};
