import type { JsonObject } from '#domain/json.ts';
import type { Verdict } from '#domain/run/events.ts';
import type { RunMode } from '#domain/runbook/runbook.ts';

/** One case of a `RunbookTest`: what the world answers, what people do, and what must come of it. */
export type RehearsalCase = {
  name?: string;
  inputs?: JsonObject | undefined;
  mode?: RunMode;
  /** User to groups. Who is not named belongs to every group. */
  users?: Readonly<Record<string, readonly string[]>> | undefined;
  /** By step id (`parent.child`, `parent[item].child`): first call, second call, …; the last repeats. */
  mocks?: Readonly<Record<string, Mock | readonly Mock[]>> | undefined;
  people?: readonly Act[] | undefined;
  expect?: Expectation;
};

/** A part of a result, `{error}`, or for a write `{lost: true}`, `{changed: true}` and its `plan`. */
export type Mock = JsonObject;

export type Act = {
  step: string;
  user: string;
  choose?: string | undefined;
  answer?: JsonObject | undefined;
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
  recommended?: Readonly<Record<string, string>> | undefined;
  verdicts?: Readonly<Record<string, Verdict>> | undefined;
  writes?: readonly string[] | undefined;
  elapsed?: { lessThan: string } | undefined;
};

export type Failure = { expected: string; actual: string; message: string };
