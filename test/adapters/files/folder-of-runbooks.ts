import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'vitest';

export const SMOKE = 'checkout/smoke.yaml';

/** The shipped runbooks in a folder of their own, gone at the end of the caller's scope. */
export async function folderOfRunbooks() {
  const root = await mkdtemp(join(tmpdir(), 'runbooks-'));
  const folder = join(root, 'runbooks');
  await cp(new URL('../../../runbooks', import.meta.url), folder, { recursive: true });
  return {
    folder,
    overlay: join(root, 'practice.yaml'),
    read: (file: string) => readFile(join(folder, file), 'utf8'),
    write: (file: string, text: string) => writeFile(join(folder, file), text),
    async replace(file: string, from: string, to: string) {
      const text = await readFile(join(folder, file), 'utf8');
      expect(text).toContain(from);
      // As editors save: a new file takes the place of the old one.
      await writeFile(join(root, 'new'), text.replace(from, to));
      await rename(join(root, 'new'), join(folder, file));
    },
    remove: (file: string) => rm(join(folder, file)),
    async [Symbol.asyncDispose]() {
      await rm(root, { recursive: true, force: true });
    },
  };
}
