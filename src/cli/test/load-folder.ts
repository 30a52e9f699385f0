import path from 'node:path';

import { type Loaded, loadLibrary } from '#adapters/files/load-library.ts';
import { listFolder, readBytes } from '#adapters/files/runbook-folder.ts';
import { SettingsError } from '#adapters/files/settings-error.ts';
import type { Diagnostic } from '#domain/diagnostic.ts';
import type { Library } from '#domain/rehearsal/read-cases.ts';
import { readYaml } from '#domain/runbook/yaml/read-yaml.ts';
import { child } from '#domain/runbook/yaml/yaml-node.ts';

export type LoadedFolder = { root: string; library: Library; tests: readonly TestFile[] };
/** `file` is a path inside of the folder. */
export type TestFile = { file: string; bytes: Uint8Array };

/** A folder of runbooks with its tests; what can't be loaded of it is found by its id. */
export async function loadFolder(root: string, overlay: string | null): Promise<LoadedFolder> {
  const loaded = await loadLibrary(root, overlay);
  const library = libraryOf(root, loaded);
  if (library === null) throw new SettingsError(loaded.diagnostics);
  const { tests } = await listFolder(root);
  const files = tests.flatMap((file) => {
    const bytes = readBytes(path.join(root, file));
    return bytes === null ? [] : [{ file, bytes }];
  });
  return { root, library, tests: files };
}

/** What tests are played on; null without good settings, since who may approve stands in them. */
export function libraryOf(
  root: string,
  { settings, documents, lost, unread, diagnostics }: Loaded,
): Library | null {
  if (settings === null) return null;
  const runbooks = new Map(documents.map((document) => [document.runbook.id, document]));
  const whole = [...unread].map((id) => [id, []] as const);
  return { settings, runbooks, lost: new Map([...whole, ...byId(root, lost, diagnostics)]) };
}

/** What is wrong with the files that could not be loaded, by the id that stands in each. */
function byId(
  root: string,
  lost: ReadonlySet<string>,
  diagnostics: readonly Diagnostic[],
): Library['lost'] {
  const found = new Map<string, readonly Diagnostic[]>();
  for (const file of lost) {
    const bytes = readBytes(path.join(root, file));
    const node = bytes === null ? null : readYaml(file, bytes).root;
    const id = node === null ? null : child(node, 'id');
    if (id?.kind !== 'scalar' || typeof id.value !== 'string') continue;
    found.set(
      id.value,
      diagnostics.filter((one) => one.file === file && one.severity === 'error'),
    );
  }
  return found;
}
