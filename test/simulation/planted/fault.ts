import type { Weather } from '#test/simulation/world/weather.ts';

/** A fault in the product, as a change of one place of one file, and the check that must find it. */
export type Fault = Place & {
  name: string;
  /** Where it showed when it was written; should it not any more, the seeds from 1 on are tried. */
  seed: number;
  /** What else keeps it from doing harm, taken away as well. */
  also?: Place;
  caughtBy: readonly string[];
  /** Times in which it does not take long to show. */
  weather: Partial<Weather>;
};

export type Place = {
  /** Below `src/`. */
  file: string;
  /** Stands there once, or the fault has to be written anew. */
  says: string;
  instead: string;
};
