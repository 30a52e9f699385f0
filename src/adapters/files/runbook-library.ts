import { once } from 'node:events';

import { watch } from 'chokidar';

import type { Diagnostic } from '#domain/diagnostic.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { type Loaded, loadLibrary } from './load-library.ts';
import { SettingsError } from './settings-error.ts';

export type RunbookLibrary = {
  /** By id, or by path inside the folder. Null where there is none. */
  get(idOrPath: string): RunbookDocument | null;
  all(): readonly RunbookDocument[];
  settings(): Settings;
  /** Everything that is wrong with the files as they are now, also where an older one serves on. */
  problems(): readonly Diagnostic[];
  /** Reads everything anew; resolves when what it found is in force. */
  reload(): Promise<void>;
  close(): Promise<void>;
};

/** Editors write a file in several steps; one reload covers what happens this close together. */
const SETTLE_MS = 50;

/**
 * The runbooks and settings of a folder, kept up to date. A file that breaks does not take its
 * runbook away in the middle of an incident: the last good one serves on, and `onProblem` says so.
 * `overlay` is a file of `kind: SettingsOverlay` that is laid over the settings.
 *
 * Rejects with SettingsError if there never were good settings; a broken runbook stops nothing.
 */
export async function createRunbookLibrary(options: {
  folder: string;
  overlay?: string | null;
  /** Called after each load that found something wrong, with all of it. */
  onProblem: (diagnostics: readonly Diagnostic[]) => void;
  onChange?: () => void;
  /** Default: true. Without it only `reload` looks again. */
  watch?: boolean;
}): Promise<RunbookLibrary> {
  const { folder, overlay = null, onProblem, onChange } = options;
  const first = await loadLibrary(folder, overlay);
  if (first.settings === null) throw new SettingsError(first.diagnostics);

  let settings = first.settings;
  let documents = first.documents;
  let problems = first.diagnostics;
  if (problems.length > 0) onProblem(problems);

  function take(loaded: Loaded): void {
    settings = loaded.settings ?? settings;
    documents = [...loaded.documents, ...lastGood(documents, loaded)];
    problems = loaded.diagnostics;
    if (problems.length > 0) onProblem(problems);
    onChange?.();
  }

  let running: Promise<void> = Promise.resolve();
  function reload(): Promise<void> {
    running = running.catch(() => {}).then(async () => take(await loadLibrary(folder, overlay)));
    return running;
  }

  const watcher =
    options.watch === false ? null : await watching(folder, overlay, reload, onProblem);
  return {
    get: (idOrPath) => find(documents, idOrPath),
    all: () => documents,
    settings: () => settings,
    problems: () => problems,
    reload,
    async close() {
      await watcher?.close();
      await running.catch(() => {});
    },
  };
}

/** What a file that cannot be loaded now held before, unless its id lives elsewhere by now. */
function lastGood(
  before: readonly RunbookDocument[],
  { documents, lost }: Loaded,
): readonly RunbookDocument[] {
  const ids = new Set(documents.map(({ runbook }) => runbook.id));
  return before.filter(({ file, runbook }) => lost.has(file) && !ids.has(runbook.id));
}

function find(documents: readonly RunbookDocument[], idOrPath: string): RunbookDocument | null {
  const path = idOrPath.replaceAll('\\', '/').replace(/^\.\//, '');
  return (
    documents.find(({ runbook }) => runbook.id === idOrPath) ??
    documents.find(({ file }) => file === path || path.endsWith(`/${file}`)) ??
    null
  );
}

async function watching(
  folder: string,
  overlay: string | null,
  reload: () => Promise<void>,
  onProblem: (diagnostics: readonly Diagnostic[]) => void,
): Promise<{ close(): Promise<void> }> {
  const watcher = watch(overlay === null ? [folder] : [folder, overlay], { ignoreInitial: true });
  let settling: NodeJS.Timeout | null = null;

  watcher.on('all', () => {
    if (settling !== null) return;
    settling = setTimeout(() => {
      settling = null;
      reload().catch((error: unknown) => onProblem([unreadable(folder, error)]));
    }, SETTLE_MS);
  });
  await once(watcher, 'ready', { signal: AbortSignal.timeout(10_000) });

  return {
    async close() {
      if (settling !== null) clearTimeout(settling);
      await watcher.close();
    },
  };
}

function unreadable(folder: string, error: unknown): Diagnostic {
  const message = error instanceof Error ? error.message : 'unknown reason';
  return {
    file: folder,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 2,
    severity: 'error',
    rule: 'bad-value',
    message: `the folder cannot be read: ${message}`,
  };
}
