import { stat } from 'node:fs/promises';
import path from 'node:path';

import { loadLibrary } from '#adapters/files/load-library.ts';
import { listFolder, SETTINGS } from '#adapters/files/runbook-folder.ts';
import { CliError } from '#cli/cli-error.ts';
import type { Diagnostic } from '#domain/diagnostic.ts';
import { settle } from '#domain/runbook/ignores.ts';
import { inOrder } from '#domain/runbook/in-order.ts';

import { lintTests } from './lint-tests.ts';

export type Findings = {
  /** Files are named as seen from the working directory, in a fixed order without repetition. */
  diagnostics: readonly Diagnostic[];
  /** How many files were looked at. */
  files: number;
  /** What could not be looked at, in sentences. */
  notes: readonly string[];
};

/**
 * Lints files and folders. A runbook is right or wrong only together with the settings above it and
 * with those of its neighbors that it depends on; findings in them are left out, but for those of
 * settings that can't be read.
 */
export async function lintPaths(paths: readonly string[], today: string): Promise<Findings> {
  const wanted = new Map<string, Wanted[]>();
  for (const given of paths) {
    const one = await look(given);
    wanted.set(one.root, [...(wanted.get(one.root) ?? []), one]);
  }
  const parts = await Promise.all([...wanted].map(([root, of]) => lintFolder(root, of, today)));
  return {
    diagnostics: inOrder(parts.flatMap(({ diagnostics }) => diagnostics)),
    files: parts.reduce((sum, { files }) => sum + files, 0),
    notes: parts.flatMap(({ notes }) => notes),
  };
}

/** `root` is the folder of the settings, or the nearest there is. */
export type Wanted = { path: string; isFolder: boolean; root: string; hasSettings: boolean };

export async function look(given: string): Promise<Wanted> {
  const absolute = path.resolve(given);
  const found = await stat(absolute).catch(() => null);
  if (found === null) throw new CliError(`There is no file or folder ${given}.`);
  const isFolder = found.isDirectory();
  if (!isFolder && !/\.ya?ml$/.test(absolute)) {
    throw new CliError(`${given} is no YAML file: runbooks end in .yaml or .yml.`);
  }
  const folder = isFolder ? absolute : path.dirname(absolute);
  const root = await rootOf(folder);
  return { path: absolute, isFolder, root: root ?? folder, hasSettings: root !== null };
}

/** The nearest folder above, or this one, that holds the settings. */
async function rootOf(folder: string): Promise<string | null> {
  const found = await stat(path.join(folder, SETTINGS)).catch(() => null);
  if (found?.isFile() === true) return folder;
  const above = path.dirname(folder);
  return above === folder ? null : rootOf(above);
}

/** Whether a path that was given is this file, or a folder around it. */
export function covers({ path: of, isFolder }: Wanted, file: string): boolean {
  return isFolder ? !path.relative(of, file).startsWith('..') : of === file;
}

async function lintFolder(
  root: string,
  wanted: readonly Wanted[],
  today: string,
): Promise<Findings> {
  const isWanted = (file: string) => wanted.some((one) => covers(one, path.join(root, file)));
  const loaded = await loadLibrary(root, null, null, { today, isAsked: isWanted });
  const { settings, found } = loaded;
  const { runbooks, tests } = await listFolder(root);
  const ofTests = lintTests({ root, loaded, tests, isWanted });

  const alone = wanted.every(({ isFolder, hasSettings }) => !isFolder && !hasSettings);
  const shown = settle(
    [...found, ...ofTests.diagnostics],
    new Map([...loaded.ignores, ...ofTests.ignores]),
  ).filter(({ file }) => isWanted(file) || (file === SETTINGS && settings === null && !alone));
  return {
    diagnostics: shown.map((one) => ({
      ...one,
      file: path.relative(process.cwd(), path.join(root, one.file)),
    })),
    files: [...runbooks, ...tests, SETTINGS].filter(isWanted).length,
    notes: alone
      ? [`No ${SETTINGS} was found above: connections, groups and metrics were not checked.`]
      : [],
  };
}
