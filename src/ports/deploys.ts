import type { Configuration, Deployment } from '#domain/deploys/deployment.ts';

export type RollbackOperation = {
  id: string;
  key: string;
  status: 'pending' | 'running' | 'succeeded' | 'failed';
  /** Deployment ids. */
  from: string;
  to: string;
  url: string | null;
  message: string | null;
};

export type RollbackStart =
  | { kind: 'accepted'; operation: RollbackOperation }
  /** What runs now is no longer `from`. Nothing was started. */
  | { kind: 'changed'; current: string }
  /** The API will not do it, and nothing was started. */
  | { kind: 'refused'; message: string };

/** Whether deploys are held back, and why. */
export type Freeze = { frozen: boolean; reason: string | null };

export type Target = { connection: string; service: string; environment: string };

/**
 * A deploy API. Every method has a deadline in `signal`; a PortError with `retry: true` means that
 * nothing is known (for `startRollback` and `setFreeze`: it may or may not have been done).
 */
export interface Deploys {
  list(target: Target, limit: number, signal: AbortSignal): Promise<readonly Deployment[]>;
  configuration(target: Target, deploymentId: string, signal: AbortSignal): Promise<Configuration>;
  /**
   * Starts to replace `from` by `to`, if `from` is still what runs: a compare-and-set. The same
   * key never starts a second one; it answers with the first.
   */
  startRollback(
    target: Target,
    request: { from: string; to: string; key: string; reason: string },
    signal: AbortSignal,
  ): Promise<RollbackStart>;
  /** The operation that was started under this key, or null if there is none. */
  findRollback(target: Target, key: string, signal: AbortSignal): Promise<RollbackOperation | null>;
  readRollback(target: Target, id: string, signal: AbortSignal): Promise<RollbackOperation>;
  readFreeze(target: Target, signal: AbortSignal): Promise<Freeze>;
  /**
   * Holds deploys back, or lets them through again. It never holds a rollback back. Asking for what
   * is so already is `set`, and `readFreeze` tells what came of a lost answer.
   */
  setFreeze(
    target: Target,
    freeze: { frozen: boolean; reason: string },
    signal: AbortSignal,
  ): Promise<{ kind: 'set' } | { kind: 'refused'; message: string }>;
}
