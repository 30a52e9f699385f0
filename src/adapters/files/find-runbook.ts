import { stat } from 'node:fs/promises';
import path from 'node:path';

import type { Diagnostic } from '#domain/diagnostic.ts';
import { idIn } from '#domain/runbook/needed-with.ts';
import { readRunbook } from '#domain/runbook/read-runbook.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';

import { listFolder, readBytes, SETTINGS } from './runbook-folder.ts';

/** `runbook` is null where the file has errors. Files are named as seen from the working directory. */
export type FoundRunbook = {
  file: string;
  runbook: Runbook | null;
  diagnostics: readonly Diagnostic[];
};

export type RunbookFinder = {
  /** Null where no file below the folder has this id. */
  byId(id: string): Promise<FoundRunbook | null>;
  /** Any file, also outside of the folder. Null where there is none. */
  byFile(file: string): Promise<FoundRunbook | null>;
  /** What could have been meant. */
  ids(): Promise<readonly string[]>;
};

/**
 * Finds one runbook without reading the whole library, which a gate in a pipeline has no time for.
 * Only files with a line `id: …` of the right one are read as YAML.
 */
export function createRunbookFinder(folder: string): RunbookFinder {
  const known = new Map<string, Promise<FoundRunbook | null>>();
  let listed: Promise<readonly { file: string; id: string }[]> | null = null;
  const list = () => (listed ??= idsBelow(folder));

  const byId = async (id: string): Promise<FoundRunbook | null> => {
    for (const { file } of (await list()).filter((one) => one.id === id)) {
      const found = await readOne(path.join(folder, file));
      if (found?.runbook === null || found?.runbook.id === id) return found;
    }
    return null;
  };
  return {
    byId(id) {
      const asked = known.get(id) ?? byId(id);
      known.set(id, asked);
      return asked;
    },
    byFile: readOne,
    ids: async () => (await list()).map(({ id }) => id),
  };
}

/** The nearest folder, from this one upwards, that holds the settings. */
export async function settingsFolder(folder: string): Promise<string | null> {
  const found = await stat(path.join(folder, SETTINGS)).catch(() => null);
  if (found?.isFile() === true) return folder;
  const above = path.dirname(folder);
  return above === folder ? null : settingsFolder(above);
}

async function idsBelow(folder: string): Promise<readonly { file: string; id: string }[]> {
  const { runbooks } = await listFolder(folder);
  return runbooks.flatMap((file) => {
    const bytes = readBytes(path.join(folder, file));
    const text = bytes === null ? '' : Buffer.from(bytes).toString('utf8');
    const id = idIn(text);
    return id === null ? [] : [{ file, id }];
  });
}

async function readOne(found: string): Promise<FoundRunbook | null> {
  const isFile = (await stat(found).catch(() => null))?.isFile() === true;
  if (!isFile) return null;
  const bytes = readBytes(found);
  if (bytes === null) return null;
  const file = path.relative(process.cwd(), found);
  return { file, ...readRunbook({ file, bytes }) };
}
