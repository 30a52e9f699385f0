import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';

import { CliError } from '#cli/cli-error.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The environment with what these dotenv files say: who names a file means what stands in it. */
export async function readEnv(env: Env, files: readonly string[]): Promise<Env> {
  const found = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, 'utf8').catch(() => null);
      if (text === null) throw new CliError(`The environment file ${file} can't be read.`);
      return parseEnv(text);
    }),
  );
  return Object.assign({}, env, ...found);
}
