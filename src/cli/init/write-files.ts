import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { CliError } from '#cli/cli-error.ts';

const later = () => {};

/**
 * Writes all of the files or none, and never over one that stands. Nothing is awaited, and Ctrl-C
 * waits until it is done, so that nobody finds half of them.
 */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  const written: string[] = [];
  process.on('SIGINT', later);
  try {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text, { flag: 'wx' });
      written.push(file);
    }
  } catch (error) {
    for (const file of written) rmSync(file, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError(`Nothing was written: ${why}`);
  } finally {
    process.off('SIGINT', later);
  }
}
