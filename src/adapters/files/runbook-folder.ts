import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

import { MAX_BYTES } from '#domain/runbook/yaml/limits.ts';
import { PortError } from '#ports/port-error.ts';

export const SETTINGS = 'handrail.yaml';

/** Which of a folder's files is what, by its name alone. */
export type FolderFiles = {
  settings: string | null;
  runbooks: readonly string[];
  tests: readonly string[];
};

/** The YAML files below a folder, as paths inside it with `/`, in a fixed order. */
export async function listFolder(folder: string): Promise<FolderFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      const message = `There is no folder ${folder} to read runbooks from. HANDRAIL_RUNBOOKS names another, and handrail init writes a first one.`;
      throw new PortError('runbooks.folder', message, { retry: false, cause: error });
    },
  );
  const files = entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();
  return {
    settings: files.includes(SETTINGS) ? SETTINGS : null,
    runbooks: files.filter((file) => file !== SETTINGS && !isTest(file)),
    tests: files.filter(isTest),
  };
}

function isTest(file: string): boolean {
  return /\.test\.ya?ml$/.test(file);
}

/**
 * A file's bytes, or null if it is gone by now; a PortError if it cannot be read. Of one that is larger
 * than a runbook can be only its size is looked at: the reader refuses it by the length alone. It waits
 * for the disk, since to wait for a promise takes several times as long, and to lint what was read longer still.
 */
export function readBytes(path: string): Uint8Array | null {
  try {
    const { size } = statSync(path);
    return size > MAX_BYTES ? new Uint8Array(MAX_BYTES + 1) : readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    const message = `${path} can't be read (${code}). Check its rights and the disk.`;
    throw new PortError('runbooks.file', message, { retry: true, cause: error });
  }
}
