import type { Json } from '#domain/json.ts';

import type { Target } from './deploys.ts';

export type FlagTarget = Target & { flag: string };

export type FlagChange =
  /** It is `to` now. `previous` is what it was; with a repeat, `to` itself. */
  | { kind: 'set'; previous: Json }
  /** It was no longer `from`, and nothing was changed. */
  | { kind: 'changed'; current: Json }
  /** It will not be done, and nothing was changed. */
  | { kind: 'refused'; message: string };

/**
 * Feature flags, by environment. Every method has a deadline in `signal`; a PortError with
 * `retry: true` means that nothing is known (for `set`: it may or may not have happened, and `read`
 * tells).
 */
export interface Flags {
  /** What the flag is where nothing targets it otherwise. */
  read(target: FlagTarget, signal: AbortSignal): Promise<Json>;
  /**
   * A compare-and-set: from `from` to `to`, if it is still `from`. Setting what is set already
   * changes nothing and is `set`, so that asking twice is as good as once.
   */
  set(
    target: FlagTarget,
    change: { from: Json; to: Json; key: string; reason: string },
    signal: AbortSignal,
  ): Promise<FlagChange>;
}
