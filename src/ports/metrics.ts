export type Sample = {
  labels: Readonly<Record<string, string>>;
  /** May be NaN or infinite: what 0/0 means is for the reader to say. */
  value: number;
};

/** `at` in seconds. */
export type RangeSample = {
  labels: Readonly<Record<string, string>>;
  points: readonly { at: number; value: number }[];
};

/** A store of time series. */
export interface Metrics {
  /**
   * The value of a query now, one sample a series; none is an empty list. A PortError with
   * `retry: false` means that the query itself is wrong.
   */
  query(
    connection: string,
    query: string,
    options: { timeoutMs: number; signal: AbortSignal },
  ): Promise<readonly Sample[]>;
  /** As `query`, at every `step` seconds from `from` to `to`, both in seconds since 1970. */
  range(
    connection: string,
    query: string,
    window: { from: number; to: number; step: number },
    options: { timeoutMs: number; signal: AbortSignal },
  ): Promise<readonly RangeSample[]>;
}
