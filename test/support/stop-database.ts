import { serverAccount } from '#adapters/store/embedded/account.ts';
import { homeOf } from '#adapters/store/embedded/places.ts';
import { readPostmaster } from '#adapters/store/embedded/postmaster.ts';
import { startEmbeddedPostgres } from '#adapters/store/embedded/start.ts';

import { testServerFolder } from './database.ts';

/** Vitest calls this at the end of a run: the server that its tests shared goes, if there was one. */
export async function teardown(): Promise<void> {
  const home = await homeOf(testServerFolder, await serverAccount());
  if ((await readPostmaster(`${home}/data`)) === null) return;
  const server = await startEmbeddedPostgres({ folder: testServerFolder });
  await server.close();
}
