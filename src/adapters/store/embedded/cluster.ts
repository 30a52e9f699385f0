import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { PortError } from '#ports/port-error.ts';

import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';

/** A data folder and the password of its roles. */
export type Cluster = { home: string; data: string; password: string };

const run = promisify(execFile);

/**
 * The cluster in this folder, made on first use. It is made aside and moved into place whole, so
 * that neither a crash nor another process that does the same can leave half of one.
 */
export async function openCluster(
  home: string,
  binaries: Binaries,
  account: Account,
): Promise<Cluster> {
  const found = await readCluster(home);
  if (found !== null) return found;

  await mkdir(dirname(home), { recursive: true });
  const draft = await mkdtemp(`${home}.`);
  await makeCluster(draft, binaries, account);
  await rename(draft, home).catch((): unknown => rm(draft, { recursive: true, force: true }));

  const made = await readCluster(home);
  if (made !== null) return made;
  throw new PortError('database.folder', `The database folder ${home} is not usable.`, {
    retry: false,
  });
}

async function readCluster(home: string): Promise<Cluster | null> {
  const password = await readFile(join(home, 'password'), 'utf8').catch(() => null);
  return password === null ? null : { home, data: join(home, 'data'), password };
}

async function makeCluster(home: string, binaries: Binaries, account: Account): Promise<void> {
  const passwordFile = join(home, 'password');
  await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
  if (account !== null) {
    await chown(home, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  try {
    await run(
      binaries.initdb,
      [
        `--pgdata=${join(home, 'data')}`,
        `--pwfile=${passwordFile}`,
        '--username=postgres',
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
      ],
      { ...account, env: serverEnvironment(), timeout: 60_000 },
    );
  } catch (cause) {
    await rm(home, { recursive: true, force: true });
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
    throw new PortError(
      'database.init_failed',
      `The database could not be created in ${home}. ${said}`,
      { retry: false, cause },
    );
  }
  await chmod(passwordFile, 0o600);
}

/** Nothing of ours goes to the server: our environment holds tokens. */
export function serverEnvironment(): Record<string, string> {
  return { LC_ALL: 'C', PATH: process.env['PATH'] ?? '' };
}
