import { startEmbeddedPostgres } from '#adapters/store/embedded/embedded-postgres.ts';

import { testServerFolder } from './database.ts';

/** Starts the test server once for all files, and stops it when they are done. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startEmbeddedPostgres(testServerFolder);
  return () => server.close();
}
