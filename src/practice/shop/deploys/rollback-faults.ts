import { z } from 'zod';

/**
 * How the deploy API misbehaves when a rollback is asked for.
 *
 * - `refuse`: it answers 422, nothing happens.
 * - `unavailable`: it answers 503, nothing happens.
 * - `late`: it hears, and begins (and answers) only after `lateMs`, even if nobody waits any more.
 * - `lost`: it begins at once, and its answer never arrives.
 */
export const RollbackFaults = z.strictObject({
  answer: z.enum(['normal', 'refuse', 'unavailable', 'late', 'lost']),
  lateMs: z.int().min(0).max(600_000),
  /** Otherwise keys are ignored: the same one may start another rollback, and none is found by it. */
  honorKeys: z.boolean(),
  /** `fail`: given up after the first instance, which goes back to what it ran before. */
  outcome: z.enum(['succeed', 'fail']),
});
export type RollbackFaults = z.infer<typeof RollbackFaults>;

export const NO_ROLLBACK_FAULTS: RollbackFaults = {
  answer: 'normal',
  lateMs: 3000,
  honorKeys: true,
  outcome: 'succeed',
};
