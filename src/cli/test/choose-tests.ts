import { stat } from 'node:fs/promises';
import path from 'node:path';

import { SETTINGS } from '#adapters/files/runbook-folder.ts';
import { CliError } from '#cli/cli-error.ts';
import { covers, look, type Wanted } from '#cli/lint/lint-paths.ts';
import { usualFolder } from '#cli/usual-folder.ts';
import { readTest } from '#domain/runbook/read-test.ts';
import { RUNBOOK_ID } from '#domain/runbook/runbook-file.ts';

import { loadFolder, type LoadedFolder } from './load-folder.ts';

/** What was named: a file or folder, or the id of a runbook in the usual folder. */
type Named = Wanted | { id: string; root: string };

/**
 * The tests that were asked for, by the folders of their settings: test files, those of a runbook by
 * its path or id, or all below a folder.
 */
export async function chooseTests(
  given: readonly string[],
  { folder, overlay }: { folder: string; overlay: string | null },
): Promise<readonly LoadedFolder[]> {
  const wanted = new Map<string, Named[]>();
  for (const one of given.length === 0 ? [await usualFolder(folder)] : given) {
    const named = await find(one, folder);
    wanted.set(named.root, [...(wanted.get(named.root) ?? []), named]);
  }
  return Promise.all(
    [...wanted].map(async ([root, named]) => choose(await loadFolder(root, overlay), named)),
  );
}

async function find(given: string, folder: string): Promise<Named> {
  const exists = await stat(given).then(Boolean, () => false);
  if (!exists && RUNBOOK_ID.test(given)) return { id: given, root: path.resolve(folder) };
  const found = await look(given);
  if (found.hasSettings) return found;
  throw new CliError(
    `There is no ${SETTINGS} in ${given}, nor above it: who may approve stands in it. handrail init writes a first one.`,
  );
}

function choose(loaded: LoadedFolder, named: readonly Named[]): LoadedFolder {
  const { root, library, tests } = loaded;
  const ids = named.flatMap((one) => ('id' in one ? [one.id] : idsIn(one, loaded)));
  for (const one of named) {
    const isKnown = (id: string) => library.runbooks.has(id) || library.lost.has(id);
    if (!('id' in one) || isKnown(one.id)) continue;
    throw new CliError(`There is no file, folder or runbook ${one.id}.`);
  }
  const isChosen = (file: string, bytes: Uint8Array) =>
    named.some((one) => !('id' in one) && covers(one, path.join(root, file))) ||
    (ids.length > 0 && ids.includes(readTest({ file, bytes }).runbook ?? ''));
  return { ...loaded, tests: tests.filter(({ file, bytes }) => isChosen(file, bytes)) };
}

/** The runbook in a file that was named. */
function idsIn(named: Wanted, { root, library }: LoadedFolder): readonly string[] {
  const inside = path.relative(root, named.path).split(path.sep).join('/');
  const isInside = ({ file }: { file: string }) => file === inside;
  const loaded = library.runbooks.values().filter(isInside);
  const lost = library.lost.entries().filter(([, found]) => found.some(isInside));
  return [...loaded.map(({ runbook }) => runbook.id), ...lost.map(([id]) => id)];
}
