import { existsSync } from 'node:fs';

import { sql } from 'kysely';

import { connectDatabase } from '#adapters/store/connection.ts';
import { whyRefused } from '#adapters/store/database.ts';
import { embeddedDatabase } from '#adapters/store/embedded-database.ts';
import { isAnyoneWorking } from '#adapters/store/heartbeat.ts';
import { pendingMigrations } from '#adapters/store/migrate.ts';
import type { Finding } from '#ports/self-check.ts';
import type { Config } from '#src/config.ts';

import { notSet, ok, problem, skewOf } from './finding.ts';

/** Changes nothing: a schema that is behind is brought up to date by the next start. */
export async function databaseFindings(config: Config): Promise<Finding[]> {
  if (config.databaseUrl !== null) return findingsAt(config.databaseUrl);
  const where = `DATABASE_URL: a PostgreSQL of its own in ${config.folder}`;
  if (!existsSync(config.folder)) {
    return [notSet('database', `${where}, made at the first start`)];
  }
  const embedded = await embeddedDatabase(config.folder, 'handrail');
  try {
    return [notSet('database', where), ...(await findingsAt(embedded.url))];
  } finally {
    await embedded.close();
  }
}

async function findingsAt(url: string): Promise<Finding[]> {
  const { hostname, port, pathname } = new URL(url);
  const place = `${hostname}:${port || 5432}${pathname}`;
  const database = connectDatabase(url);
  try {
    const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(database.db);
    const pending = await pendingMigrations(database.db);
    const behind = `${pending} to do: done at the next start`;
    const skewMs = Date.now() - (rows[0]?.now.getTime() ?? 0);
    const works = pending === 0 && (await isAnyoneWorking(database.db));
    return [
      ok('database', `${place} answers`),
      pending === 0 ? ok('migrations', 'all done') : notSet('migrations', behind),
      skewOf('clock', 'the clock of the database', skewMs),
      works
        ? ok('bot', 'one is at work on this database')
        : notSet('bot', 'none is at work on this database'),
    ];
  } catch (error) {
    const why = whyRefused(url, error);
    return [problem('database', why instanceof Error ? why.message : String(why))];
  } finally {
    await database.close();
  }
}
