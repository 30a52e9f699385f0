import type { Log } from '#ports/log.ts';
import { PortError } from '#ports/port-error.ts';

import { connectDatabase, type Database } from './connection.ts';
import { isPassing } from './faults.ts';
import { migrate } from './migrate.ts';

/**
 * Connects and brings the schema up to date; see `migrate` for what it refuses and for `ownerUrl`.
 * A database that does not answer is a PortError whose message says what to do.
 */
export async function openDatabase(
  url: string,
  options: { ownerUrl?: string; log?: Log } = {},
): Promise<Database> {
  const database = connectDatabase(url, options.log);
  try {
    await migrate(database, options);
    return database;
  } catch (error) {
    await database.close();
    throw isPassing(error) ? unreachable(url, error) : error;
  }
}

function unreachable(url: string, cause: unknown): PortError {
  const { hostname, port, pathname } = new URL(url);
  return new PortError(
    'database.unreachable',
    `The database at ${hostname}:${port || 5432}${pathname} does not answer. Check DATABASE_URL and that PostgreSQL runs.`,
    { retry: true, cause },
  );
}
