import { createHash } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import type { Account } from './account.ts';

/**
 * Where the server's data goes: into the folder, unless the server has an account of its own and
 * one of the folders above is closed to it (a checkout under root's home). Then it is a folder
 * under /var/lib whose name follows from the first one, so that it is found again.
 */
export async function homeOf(folder: string, account: Account): Promise<string> {
  const wanted = resolve(folder);
  await mkdir(wanted, { recursive: true });
  if (account === null || (await isOpen(wanted))) return join(wanted, 'database');
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  return join('/var/lib/handrail', name, 'database');
}

/** Whether any account can pass through this folder and all above it. */
export async function isOpen(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) return false;
  const above = dirname(folder);
  return above === folder || isOpen(above);
}
