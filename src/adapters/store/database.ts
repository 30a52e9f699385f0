import { DatabaseError } from 'pg';

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
    throw whyRefused(url, error);
  }
}

/** What the one who set DATABASE_URL can do about it; anything else comes back as it is. */
export function whyRefused(url: string, error: unknown): unknown {
  const { hostname, port, pathname, username } = new URL(url);
  const place = `${hostname}:${port || 5432}${pathname}`;
  const refused = (code: string, message: string, retry = false) =>
    new PortError(`database.${code}`, message, { retry, cause: error });

  if (isPassing(error)) {
    return refused(
      'unreachable',
      `The database at ${place} does not answer. Check DATABASE_URL and that PostgreSQL runs.`,
      true,
    );
  }
  switch (error instanceof DatabaseError ? error.code : '') {
    case '28P01':
    case '28000':
      return refused(
        'login',
        `The database at ${place} does not let ${username || 'us'} in. Check the name and the password in DATABASE_URL.`,
      );
    case '3D000':
      return refused(
        'missing',
        `There is no database ${pathname.slice(1)} at ${hostname}:${port || 5432}. Create it, or mend DATABASE_URL.`,
      );
    case '42501':
      return refused(
        'rights',
        `The role ${username} may not make Handrail's tables in ${place}. Grant it CREATE on the database and on its schema public, or name the role that may in DATABASE_OWNER_URL.`,
      );
    default:
      return error;
  }
}
