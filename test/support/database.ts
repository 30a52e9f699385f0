import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openDatabase, type Database } from '#adapters/store/database.ts';
import { startEmbeddedPostgres } from '#adapters/store/embedded/start.ts';
import { migrate } from '#adapters/store/migrate.ts';
import type { Log } from '#ports/log.ts';

/** One server for a test run, in a folder of this checkout's own; `stop-database.ts` stops it. */
export const databaseFolder = join(
  tmpdir(),
  `handrail-test-${Buffer.from(import.meta.dirname)
    .toString('base64url')
    .slice(-24)}`,
);

export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

export type TestDatabase = Database & AsyncDisposable & { url: string; ownerUrl: string };

/** A new, migrated, empty database on a real PostgreSQL, with the rights that the bot has. */
export async function withDatabase(): Promise<TestDatabase> {
  const server = await startEmbeddedPostgres({ folder: databaseFolder });
  const name = `test_${randomBytes(6).toString('hex')}`;
  await server.createDatabase(name);

  const [url, ownerUrl] = [server.url(name), server.ownerUrl(name)];
  const database = openDatabase({ url, log: silent });
  await migrate(database, { ownerUrl, log: silent });
  return {
    ...database,
    url,
    ownerUrl,
    [Symbol.asyncDispose]: () => database.close(),
  };
}
