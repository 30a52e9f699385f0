import type { Diagnostic } from '#domain/diagnostic.ts';
import { type IgnoreComments, inPart, settle } from '#domain/runbook/ignores.ts';
import { readRunbook } from '#domain/runbook/read-runbook.ts';
import { reviewRunbooks } from '#domain/runbook/review-runbooks.ts';
import { reviewSettings } from '#domain/runbook/review-settings.ts';
import type { Subject } from '#domain/runbook/rules/rule.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { BranchCheckout } from '#ports/runbook-branch.ts';

import { digestOf } from './digest.ts';
import type { GitCheckout } from './git-checkout.ts';
import { loadSettings } from './load-settings.ts';
import { NO_FILES, readRunbooks } from './read-runbooks.ts';
import { SETTINGS } from './runbook-folder.ts';

/**
 * One look at the folder. `lost` are files that exist and could not be loaded; `incomplete`: of some it is
 * the disk that failed, or they went away meanwhile, so that it is worth another look.
 */
export type Loaded = {
  settings: Settings | null;
  documents: readonly RunbookDocument[];
  lost: ReadonlySet<string>;
  incomplete: boolean;
  /** Ids of runbooks that nothing asked for depends on, and that were not read. */
  unread: ReadonlySet<string>;
  checkout: GitCheckout | null;
  /** All that is wrong, without what a comment silences. */
  diagnostics: readonly Diagnostic[];
  /** The same before the comments were heard; whoever finds more settles all of it together. */
  found: readonly Diagnostic[];
  ignores: ReadonlyMap<string, IgnoreComments>;
};

/** What lint is asked for: some files, and as of which day a review is too old. */
type Asked = { today: string; isAsked: (file: string) => boolean };

/**
 * With a `branch`, the folder has the settings only. Where some files are `asked` for, only what those
 * depend on is read beside them, and what is found elsewhere is not all there is.
 */
export async function loadLibrary(
  folder: string,
  overlay: string | null,
  branch: BranchCheckout | null = null,
  asked: Asked | null = null,
): Promise<Loaded> {
  const isAsked = asked?.isAsked ?? (() => true);
  // Before the files: one that changes meanwhile is rather shown as modified.
  const checkout = branch === null && asked === null ? await checkoutOf(folder) : null;
  const {
    settings,
    diagnostics,
    subject: own,
    ignores: ofSettings,
    missing = false,
  } = loadSettings(folder, overlay);
  const documents = new Map<string, RunbookDocument>();
  const lost = new Set<string>();
  const found = [...diagnostics];
  if (own !== null && (settings === null || isAsked(SETTINGS))) found.push(...reviewSettings(own));
  const subjects: Subject[] = [];
  const broken = new Set<string>();
  const ignores = new Map([[SETTINGS, ofSettings]]);
  if (branch?.problem != null) found.push(problemOf(branch.name, 'warning', branch.problem));

  const from = branch === null ? folder : branch.folder;
  const { files, unread, failed } = from === null ? NO_FILES : await readRunbooks(from, isAsked);
  for (const { file, message } of failed) {
    lost.add(file);
    if (message !== null) found.push(problemOf(file, 'error', message));
  }
  for (const { file, bytes } of files) {
    const reading = readRunbook({ file, bytes });
    found.push(...reading.diagnostics);
    ignores.set(file, settings === null ? inPart(reading.ignores) : reading.ignores);
    if (reading.subject !== null) subjects.push(reading.subject);
    else if (reading.id !== null) broken.add(reading.id);
    const { runbook } = reading;
    if (runbook === null || documents.has(runbook.id)) {
      lost.add(file);
      continue;
    }
    const revision = checkout?.revision(file, bytes) ?? { commit: branch?.commit ?? null };
    documents.set(runbook.id, { runbook, digest: digestOf(bytes), file, ...revision });
  }
  const others = new Set([...broken, ...unread]);
  found.push(
    ...reviewRunbooks(subjects, { settings, today: asked?.today ?? null, others, isAsked }),
  );
  return {
    settings,
    documents: [...documents.values()],
    lost,
    incomplete: missing || failed.length > 0,
    unread,
    checkout,
    diagnostics: settle(found, new Map([...ignores].map(([of, all]) => [of, inPart(all)]))),
    found,
    ignores,
  };
}

async function checkoutOf(folder: string): Promise<GitCheckout | null> {
  const { readCheckout } = await import('./git-checkout.ts');
  return readCheckout(folder);
}

function problemOf(file: string, severity: Diagnostic['severity'], message: string): Diagnostic {
  const place = { file, line: 1, column: 1, endLine: 1, endColumn: 2 };
  return { ...place, severity, rule: 'bad-value', message };
}
