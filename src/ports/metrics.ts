export type Sample = {
  labels: Readonly<Record<string, string>>;
  /** May be NaN or infinite: what 0/0 means is for the reader to say. */
  value: number;
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
}
