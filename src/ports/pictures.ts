/**
 * A metric over a time, with what was done about it. Plain text everywhere; times are ISO, in UTC.
 * `points` are seconds since `from`, in their order, with null where there was no value.
 */
export type Chart = {
  title: string;
  unit: 'percent' | 'seconds' | 'none';
  from: string;
  to: string;
  points: readonly (readonly [number, number | null])[];
  /** A line that the value is compared with. */
  threshold: { value: number; label: string } | null;
  /** What happened, in the order of time; `until`: it took that long. */
  marks: readonly {
    kind: 'deploy' | 'write';
    at: string;
    until: string | null;
    label: string;
  }[];
};

/** Draws pictures for places that show no drawing of ours. */
export interface Pictures {
  /** The chart as a PNG. A PortError where it can't be drawn. */
  chart(chart: Chart): Promise<Uint8Array>;
}
