import type { MeasurementRequest } from './checks.ts';

/** `points`: seconds since the beginning of the window, and the value then; null where there was none. */
export type SeriesOutcome =
  | {
      kind: 'observed';
      metric: string | null;
      points: readonly (readonly [number, number | null])[];
    }
  | { kind: 'unavailable'; message: string };

/** The past of what `check.metric` measures. */
export interface Series {
  /**
   * The values of a metric check's query between two moments (ISO), in about `points` steps. Never
   * rejects for what the back end or the network does; rejects only when `signal` fires.
   */
  read(
    request: MeasurementRequest,
    window: { from: string; to: string; points: number },
    options: { timeoutMs: number; signal: AbortSignal },
  ): Promise<SeriesOutcome>;
}
