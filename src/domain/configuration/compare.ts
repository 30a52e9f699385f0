import type { Configuration } from '#domain/deploys/deployment.ts';

export type Comparison = {
  /** Keys that the other configuration has and this one lacks. */
  missing: readonly string[];
  /** Keys that only this one has. */
  extra: readonly string[];
  /** Keys of both whose values are known to differ. */
  changed: readonly string[];
};

/** A value that is kept back on one side may be the same: it is not called changed. */
export function compareConfigurations(here: Configuration, there: Configuration): Comparison {
  const keys = Object.keys(here).toSorted();
  return {
    missing: Object.keys(there)
      .filter((key) => !Object.hasOwn(here, key))
      .toSorted(),
    extra: keys.filter((key) => !Object.hasOwn(there, key)),
    changed: keys.filter((key) => {
      const value = here[key]?.value ?? null;
      const other = there[key]?.value ?? null;
      return Object.hasOwn(there, key) && value !== null && other !== null && value !== other;
    }),
  };
}

/** Keys that were added, removed or set to another value between two configurations. */
export function differingKeys(here: Configuration, there: Configuration): readonly string[] {
  const { missing, extra, changed } = compareConfigurations(here, there);
  return [...missing, ...extra, ...changed].toSorted();
}
