import { runMigrations } from 'graphile-worker';
import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { DatabaseError } from 'pg';

import type { Log } from '#ports/log.ts';
import { PortError } from '#ports/port-error.ts';

import { connectDatabase, type Database } from './connection.ts';
import { up as first } from './migrations/0001-first.ts';
import { up as tokens } from './migrations/0002-tokens.ts';
import { up as callBudgets } from './migrations/0003-call-budgets.ts';
import { up as history } from './migrations/0004-history.ts';
import { up as erasure } from './migrations/0005-erasure.ts';
import type { Tables } from './tables.ts';
import { workerLogger } from './worker-log.ts';

/** In order, by name; add-only. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': { up: first },
  '0002-tokens': { up: tokens },
  '0003-call-budgets': { up: callBudgets },
  '0004-history': { up: history },
  '0005-erasure': { up: erasure },
};

/**
 * Brings the database to the schema of this version, one process at a time (an advisory lock).
 * Refuses a schema that a newer version made. With `ownerUrl`, the tables belong to that role, and
 * the role of `database` can neither change nor remove what was recorded, but erase a text.
 */
export async function migrate(
  database: Database,
  options: { ownerUrl?: string; log?: Log } = {},
): Promise<void> {
  await runMigrations({ pgPool: database.pool, logger: workerLogger(options.log) });

  if (options.ownerUrl === undefined) {
    await migrateTables(database.db);
    return;
  }
  const owner = connectDatabase(options.ownerUrl, options.log);
  try {
    await migrateTables(owner.db);
    const { rows } = await sql<{ role: string }>`select current_user as role`.execute(database.db);
    await grant(owner.db, rows[0]?.role ?? '');
  } finally {
    await owner.close();
  }
}

async function migrateTables(tables: Kysely<Tables>): Promise<void> {
  // With nothing to do, a role that may only read the schema's state is enough.
  if ((await pendingMigrations(tables)) === 0) return;

  const migrator = new Migrator({
    db: tables,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;

  // Another process of a newer version may have been first.
  await pendingMigrations(tables);
  if (error instanceof DatabaseError) throw error;
  throw new PortError('database.migration_failed', 'The database schema could not be updated.', {
    retry: false,
    cause: error,
  });
}

/** How many are left to do. Throws for a schema with migrations that this version does not know. */
export async function pendingMigrations(tables: Kysely<Tables>): Promise<number> {
  const present = await sql<{ found: boolean }>`
    select to_regclass('kysely_migration') is not null as found
  `.execute(tables);
  if (present.rows[0]?.found !== true) return Object.keys(migrations).length;

  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration order by name
  `.execute(tables);
  const done = rows.map(({ name }) => name);
  const unknown = done.filter((name) => !(name in migrations));
  if (unknown.length === 0) return Object.keys(migrations).length - done.length;
  throw new PortError(
    'database.too_new',
    `The database was made by a newer version of Handrail (it has ${unknown.join(', ')}). Start that version or a later one; this one would not understand the record.`,
    { retry: false },
  );
}

/** What an earlier version gave is taken back. */
async function grant(tables: Kysely<Tables>, to: string): Promise<void> {
  const role = sql.id(to);
  await sql`
    select pg_advisory_xact_lock(7265);
    revoke update, delete on streams, event_texts, marks from ${role};
    grant select, insert on events, streams, event_texts to ${role};
    grant update (version, head, open) on streams to ${role};
    grant update (salt, text) on event_texts to ${role};
    grant select, insert, update on marks to ${role};
    grant select, insert, update, delete
      on inbox, worker_heartbeats, job_crashes, jobs_set_aside, personal_tokens, call_budgets
      to ${role};
    grant select on kysely_migration to ${role};
  `.execute(tables);
}
