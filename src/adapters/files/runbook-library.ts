import type { Diagnostic } from '#domain/diagnostic.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import type { BranchCheckout } from '#ports/runbook-branch.ts';
import type { BrokenFile, Runbooks } from '#ports/runbooks.ts';

import { type Held, openLastGood } from './last-good.ts';
import { type Loaded, loadLibrary } from './load-library.ts';
import { SETTINGS } from './runbook-folder.ts';
import { SettingsError } from './settings-error.ts';
import { watchFolder } from './watch-folder.ts';

const lookAgainMs = 2_000;

export type RunbookLibrary = Runbooks & {
  /** Reads everything anew; resolves when what it found is in force. */
  reload(): Promise<void>;
  close(): Promise<void>;
};

/**
 * The runbooks and settings of a folder, kept up to date. A file that breaks does not take its
 * runbook away in the middle of an incident: the last good one serves on, and `onProblem` says so.
 * `overlay` is a file of `kind: SettingsOverlay` that is laid over the settings. In a checkout of git
 * each runbook has its commit, which is kept up to date too.
 *
 * Rejects with SettingsError if there never were good settings; a broken runbook stops nothing.
 */
export async function createRunbookLibrary(options: {
  folder: string;
  overlay?: string | null;
  /** Called after each load that found something other than the one before, with all of it. */
  onProblem: (diagnostics: readonly Diagnostic[]) => void;
  onChange?: () => void;
  /** Where runbooks are loaded from in place of the folder; asked at each load. */
  branch?: () => BranchCheckout | null;
  /** A file in which the last good text of each runbook is kept, for the next start. */
  lastGood?: string;
  /** Default: true. Without it only `reload` looks again. */
  watch?: boolean;
  now?: () => Date;
}): Promise<RunbookLibrary> {
  const { folder, overlay = null, onProblem, onChange, now = () => new Date() } = options;
  const { branch = () => null } = options;
  const load = () => loadLibrary(folder, overlay, branch());
  const first = await load();
  if (first.settings === null) throw new SettingsError(first.diagnostics);

  let settings = first.settings;
  let settingsReadAt = now().toISOString();
  const kept = options.lastGood === undefined ? null : await openLastGood(options.lastGood, folder);
  const before = kept?.of(first.lost) ?? [];
  let documents = [...readAt(first.documents, before, settingsReadAt), ...lastGood(before, first)];
  // Of a branch every commit in use is kept as it is.
  const keep = () => (branch() === null ? kept?.keep(documents) : undefined);
  await keep();
  let broken: readonly BrokenFile[] = brokenFiles(first, documents, settingsReadAt);
  let problems = first.diagnostics;
  if (problems.length > 0) onProblem(problems);

  function take(loaded: Loaded): void {
    const at = now().toISOString();
    settings = loaded.settings ?? settings;
    if (loaded.settings !== null) settingsReadAt = at;
    documents = [...readAt(loaded.documents, documents, at), ...lastGood(documents, loaded)];
    broken = brokenFiles(loaded, documents, settingsReadAt);
    const told = JSON.stringify(problems);
    problems = loaded.diagnostics;
    if (problems.length > 0 && JSON.stringify(problems) !== told) onProblem(problems);
    onChange?.();
  }

  let running: Promise<void> = Promise.resolve();
  let closed = false;
  let again: NodeJS.Timeout | null = null;
  /** What the disk did not give is asked for again; nothing else would tell when it does. */
  function lookAgain(): void {
    if (options.watch === false || closed) return;
    again ??= setTimeout(() => {
      again = null;
      reloadOrTell();
    }, lookAgainMs).unref();
  }
  async function loadAnew(): Promise<void> {
    try {
      const loaded = await load();
      if (loaded.incomplete) lookAgain();
      take(loaded);
    } catch (error) {
      lookAgain();
      throw error;
    }
    await keep();
  }
  function reload(): Promise<void> {
    running = running.catch(() => {}).then(loadAnew);
    return running;
  }

  function reloadOrTell(): void {
    reload().catch((error: unknown) => onProblem([unreadable(folder, error)]));
  }

  if (first.incomplete) lookAgain();
  const others = [...(overlay === null ? [] : [overlay]), ...(first.checkout?.marks ?? [])];
  const watcher = options.watch === false ? null : await watchFolder(folder, others, reloadOrTell);
  return {
    get: (idOrPath) => find(documents, idOrPath)?.document ?? null,
    all: () => documents.map(({ document }) => document),
    settings: () => settings,
    problems: () => problems,
    broken: () => broken,
    reload,
    async close() {
      closed = true;
      if (again !== null) clearTimeout(again);
      await watcher?.close();
      await running.catch(() => {});
    },
  };
}

function readAt(documents: readonly RunbookDocument[], before: readonly Held[], at: string) {
  return documents.map((document): Held => {
    const known = before.find(
      (held) => held.document.file === document.file && held.document.digest === document.digest,
    );
    return { document, since: known?.since ?? at };
  });
}

/** What a file that cannot be loaded now held before, unless its id lives elsewhere by now. */
function lastGood(before: readonly Held[], { documents, lost }: Loaded): readonly Held[] {
  const ids = new Set(documents.map(({ runbook }) => runbook.id));
  return before.filter(({ document }) => lost.has(document.file) && !ids.has(document.runbook.id));
}

function brokenFiles(
  { lost, settings }: Loaded,
  documents: readonly Held[],
  settingsReadAt: string,
): readonly BrokenFile[] {
  const runbooks = [...lost].map((file) => {
    const held = documents.find(({ document }) => document.file === file);
    return { file, lastGood: held?.since ?? null };
  });
  return settings === null ? [{ file: SETTINGS, lastGood: settingsReadAt }, ...runbooks] : runbooks;
}

function find(documents: readonly Held[], idOrPath: string): Held | null {
  const path = idOrPath.replaceAll('\\', '/').replace(/^\.\//, '');
  return (
    documents.find(({ document }) => document.runbook.id === idOrPath) ??
    documents.find(({ document: { file } }) => file === path || path.endsWith(`/${file}`)) ??
    null
  );
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
