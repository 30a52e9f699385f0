import { createHash, randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Database } from '#adapters/store/connection.ts';
import { openDatabase } from '#adapters/store/database.ts';
import { startEmbeddedPostgres } from '#adapters/store/embedded/start.ts';
import type { Log } from '#ports/log.ts';

/** One server for a test run, in a folder of this checkout's own; `stop-database.ts` stops it. */
export const testServerFolder = join(
  tmpdir(),
  `handrail-test-${createHash('sha256')
    .update(import.meta.dirname)
    .digest('hex')
    .slice(0, 12)}`,
);

export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

export type TestDatabase = AsyncDisposable & { database: Database; url: string; ownerUrl: string };

/**
 * A new, migrated, empty database on a real PostgreSQL, with the rights that the bot has; gone at
 * the end of the caller's scope.
 */
export async function withDatabase(): Promise<TestDatabase> {
  const server = await startEmbeddedPostgres({ folder: testServerFolder });
  const name = `test_${randomBytes(6).toString('hex')}`;
  await server.createDatabase(name);

  const [url, ownerUrl] = [server.url(name), server.ownerUrl(name)];
  const database = await openDatabase(url, { ownerUrl });
  return {
    database,
    url,
    ownerUrl,
    async [Symbol.asyncDispose]() {
      await database.close();
      await server.dropDatabase(name);
    },
  };
}
