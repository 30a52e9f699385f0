import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { PortError } from '#ports/port-error.ts';

const run = promisify(execFile);

/** The user PostgreSQL runs as when we are root; null when it may run as we do. */
export type Account = { uid: number; gid: number } | null;

export async function findAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return null;
  const known = await readAccount();
  if (known !== null) return known;
  try {
    await run('groupadd', ['--force', 'postgres']);
    await run('useradd', ['--gid', 'postgres', '--no-create-home', 'postgres']);
  } catch (error) {
    // Another process may have been first.
    if ((await readAccount()) === null) throw noAccount(error);
  }
  const made = await readAccount();
  if (made === null) throw noAccount(null);
  return made;
}

async function readAccount(): Promise<Account> {
  const passwd = await readFile('/etc/passwd', 'utf8');
  const line = passwd.split('\n').find((one) => one.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
}

function noAccount(cause: unknown): PortError {
  return new PortError(
    'database.no-account',
    'PostgreSQL does not run as root and a user «postgres» could not be made. Run as another user, or set DATABASE_URL.',
    { retry: false, cause },
  );
}
