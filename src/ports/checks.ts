import type { Json, JsonObject } from '#domain/json.ts';

/** A read of the outside world, fully resolved: no `${{ }}` is left in `with`. */
export type MeasurementRequest = {
  /** A read kind: `check.*`, `deploys.list`, `changes.list`, `flags.get`. */
  uses: string;
  with: JsonObject;
  service: string;
  environment: string;
  /** When the incident (or the run) began, ISO; `deploys.list` finds its suspect by it. */
  startedAt: string;
  /** The run's inputs: the metrics named in settings are written over them. */
  inputs: Readonly<Record<string, Json>>;
  /** `drill` refuses a connection that is not marked for drills. */
  mode: 'live' | 'dryRun' | 'drill';
};

/**
 * - `measured`: the target answered; `result` has the shape of the kind's result schema, with
 *   durations in our spelling (`80ms`, `6m`).
 * - `unreachable`: the target refused us, reset, failed TLS, does not exist or stayed silent past
 *   the deadline. Evidence against it: the verdict is `fail` whatever the step says.
 *   `result.error` has the code.
 * - `unavailable`: we could not measure (our network, the metrics back end, the gate). Says
 *   nothing about the target: `inconclusive`. `retry` tells whether another attempt may help.
 */
export type Measurement =
  | { kind: 'measured'; result: JsonObject; summary: string }
  | { kind: 'unreachable'; code: string; message: string; result: JsonObject }
  | { kind: 'unavailable'; message: string; retry: boolean };

export interface Checks {
  /**
   * Measures once. Never rejects for anything the target or the network does; rejects only when
   * `signal` fires (its reason) or this code is at fault. The step's deadline is `timeoutMs`.
   */
  measure(
    request: MeasurementRequest,
    options: { timeoutMs: number; signal: AbortSignal },
  ): Promise<Measurement>;
}
