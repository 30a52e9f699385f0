import { chmod, mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

import { CliError } from '#cli/cli-error.ts';

/** Where a person's token is kept: `~/.config/handrail/token`, or below XDG_CONFIG_HOME. */
export function tokenFile(env: Readonly<Record<string, string | undefined>>): string {
  const folder = env['XDG_CONFIG_HOME'] || path.join(homedir(), '.config');
  return path.join(folder, 'handrail', 'token');
}

/** Null where there is none. One that others can read is refused: it may be theirs by now. */
export async function readToken(file: string): Promise<string | null> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new CliError(`${file} can't be read: ${error.message}.`);
  });
  if (found === null) return null;
  if ((found.mode & 0o077) !== 0) {
    throw new CliError(
      `${file} can be read by others. Revoke the token in Slack (token revoke), get a new one, and keep it with handrail token save; or, if nobody else was here: chmod 600 ${file}`,
    );
  }
  return (await readFile(file, 'utf8')).trim();
}

/** Replaces the file in one step; nobody else can ever read it. */
export async function writeToken(file: string, token: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}`;
  const handle = await open(fresh, 'w', 0o600);
  try {
    await handle.writeFile(`${token}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(fresh, 0o600);
  await rename(fresh, file);
}
