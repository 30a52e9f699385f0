import type { z } from 'zod';

import type { JsonObject } from '#domain/json.ts';

export type Verdict = 'pass' | 'fail' | 'inconclusive';

/** What a run needs to know of a kind of step. One file a kind or family; see `registry.ts`. */
export type StepKind = {
  name: string;
  /**
   * `read` measures and has a verdict, `write` changes the world after a plan and an approval,
   * `person` waits for somebody, `tell` writes to people only, `flow` holds or calls other steps.
   */
  role: 'read' | 'write' | 'person' | 'tell' | 'flow';
  /** What `next` may route, beside `skipped`, which every step can be. */
  outcomes: readonly string[];
  with: z.ZodType;
  /** Result as stored: durations are text in our spelling, found by `isDuration`. */
  result: z.ZodType;
  /** Keys of `with` that come from the service and the inputs unless given. */
  inherits: readonly ('connection' | 'service' | 'environment')[];
  /** Key in a service's `connections`; null where the kind needs none. */
  connectionRole: string | null;
  /**
   * The verdict without `pass` and `fail`, or null where the kind has no opinion. A result that
   * lacks what the verdict rests on is inconclusive, never a pass.
   */
  defaultVerdict(
    result: JsonObject,
    withInputs: JsonObject,
  ): { verdict: Verdict; why: string } | null;
};

export const READ_OUTCOMES = ['pass', 'fail', 'inconclusive'] as const;
export const WRITE_OUTCOMES = ['succeeded', 'notNeeded', 'failed', 'rejected', 'unknown'] as const;
export const TELL_OUTCOMES = ['succeeded', 'failed'] as const;

export const noVerdict = () => null;

export function pass(why: string): { verdict: Verdict; why: string } {
  return { verdict: 'pass', why };
}

export function fail(why: string): { verdict: Verdict; why: string } {
  return { verdict: 'fail', why };
}

export function inconclusive(why: string): { verdict: Verdict; why: string } {
  return { verdict: 'inconclusive', why };
}
