import { runMigrations } from 'graphile-worker';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Pool } from 'pg';

import { PortError } from '#ports/port-error.ts';

import { migrations } from './migrations.ts';
import type { Schema } from './schema.ts';

export type Database = { pool: Pool; db: Kysely<Schema>; close(): Promise<void> };

/** One number for everybody who brings the schema up to date, so that one does it at a time. */
const migrationLock = 7_361_204_118;

/** Connects and brings the schema up to date. A schema that is newer than this version is refused. */
export async function openDatabase(url: string): Promise<Database> {
  const pool = new Pool({
    connectionString: url,
    max: 20,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    options: '-c statement_timeout=30000 -c timezone=UTC',
  });
  // A connection that breaks while nobody uses it is replaced by the pool; it must not end us.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(pool, db);
  } catch (error) {
    await pool.end();
    throw error instanceof PortError ? error : unreachable(url, error);
  }
  return { pool, db, close: () => db.destroy() };
}

async function migrate(pool: Pool, db: Kysely<Schema>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await refuseNewer(db);
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve(migrations) },
    });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) {
      throw new Error('the schema could not be brought up to date', { cause: error });
    }
    await runMigrations({ pgPool: pool });
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => {});
    client.release();
  }
}

async function refuseNewer(db: Kysely<Schema>): Promise<void> {
  const known = await sql<{ there: boolean }>`
    select to_regclass('kysely_migration') is not null as there`.execute(db);
  if (known.rows[0]?.there !== true) return;
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const newer = done.rows.map(({ name }) => name).filter((name) => !(name in migrations));
  if (newer.length === 0) return;
  throw new PortError(
    'database.newer',
    `The database was made by a newer Handrail (it has ${newer.join(', ')}). Run that version or a later one.`,
    { retry: false },
  );
}

function unreachable(url: string, cause: unknown): PortError {
  const { hostname, port, pathname } = new URL(url);
  const why = cause instanceof Error && cause.message !== '' ? cause.message : 'no answer';
  return new PortError(
    'database.unreachable',
    `The database at ${hostname}:${port || 5432}${pathname} can't be used: ${why}. Check DATABASE_URL and that PostgreSQL runs.`,
    { retry: true, cause },
  );
}
