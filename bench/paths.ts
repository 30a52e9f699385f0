import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the repository. */
export const inRepository = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

export const handrail = inRepository('src/cli/handrail.js');

/** A folder that is gone when it is disposed of. */
export function temporaryFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-bench-'));
  return {
    folder,
    /** Writes a file, and answers with its path. */
    write: (name: string, text: string): string => {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function isInstalled(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

/** A shipped file under `runbooks/`. */
export function shipped(file: string): string {
  return readFileSync(inRepository(`runbooks/${file}`), 'utf8');
}
