import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { PortError } from '#ports/port-error.ts';

/** The system account that the server runs as; null: our own. */
export type Account = { uid: number; gid: number } | null;

const run = promisify(execFile);

/** PostgreSQL refuses root, so root lends it the account `postgres`, made here where it is missing. */
export async function serverAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return null;
  try {
    return await lookUp().catch(async () => {
      await run('useradd', ['--system', '--user-group', 'postgres'], { timeout: 10_000 });
      return lookUp();
    });
  } catch (cause) {
    throw new PortError(
      'database.no_account',
      'PostgreSQL does not run as root, and the account "postgres" could not be made. Start Handrail as another user, or set DATABASE_URL.',
      { retry: false, cause },
    );
  }
}

async function lookUp(): Promise<Account> {
  const [uid, gid] = await Promise.all([idOf('-u'), idOf('-g')]);
  return { uid, gid };
}

async function idOf(flag: '-u' | '-g'): Promise<number> {
  const { stdout } = await run('id', [flag, 'postgres'], { timeout: 10_000 });
  return Number.parseInt(stdout, 10);
}
