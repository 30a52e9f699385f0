import { DatabaseError } from 'pg';

import { PortError } from '#ports/port-error.ts';

/**
 * Whether the database, and not what we asked of it, is the reason: the same call may succeed
 * later, and nobody knows whether this one did. SQL states: 08 connection, 40 serialization and
 * deadlock, 53 resources, 57 operator (shutdown, restart, cancelled by the statement's deadline).
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof DatabaseError) return /^(08|40|53|57)/.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  return 'syscall' in error || /connection|timeout/i.test(error.message);
}

/** Calls once; a fault of the database comes out as a PortError that may be tried again. */
export async function asPort<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isPassing(error)) throw unavailable(error);
    throw error;
  }
}

export function unavailable(cause: unknown): PortError {
  return new PortError('store.unavailable', 'The database does not answer.', {
    retry: true,
    cause,
  });
}
