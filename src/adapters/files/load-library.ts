import { join } from 'node:path';

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
import { type GitCheckout, readCheckout } from './git-checkout.ts';
import { loadSettings } from './load-settings.ts';
import { listFolder, readBytes, SETTINGS } from './runbook-folder.ts';

/** One look at the folder. `lost` are files that exist and could not be loaded. */
export type Loaded = {
  settings: Settings | null;
  documents: readonly RunbookDocument[];
  lost: ReadonlySet<string>;
  checkout: GitCheckout | null;
  /** All that is wrong, without what a comment silences. */
  diagnostics: readonly Diagnostic[];
  /** The same before the comments were heard; whoever finds more settles all of it together. */
  found: readonly Diagnostic[];
  ignores: ReadonlyMap<string, IgnoreComments>;
};

/** With a `branch`, the folder has the settings only. `today` is a date; without it, no review is too old. */
export async function loadLibrary(
  folder: string,
  overlay: string | null,
  branch: BranchCheckout | null = null,
  today: string | null = null,
): Promise<Loaded> {
  // Before the files: one that changes meanwhile is rather shown as modified.
  const checkout = branch === null ? await readCheckout(folder) : null;
  const from = branch === null ? folder : branch.folder;
  const files = from === null ? null : await listFolder(from);
  const {
    settings,
    diagnostics,
    subject: own,
    ignores: ofSettings,
  } = loadSettings(folder, overlay);
  const documents = new Map<string, RunbookDocument>();
  const lost = new Set<string>();
  const found: Diagnostic[] = [...diagnostics, ...(own === null ? [] : reviewSettings(own))];
  const subjects: Subject[] = [];
  const broken = new Set<string>();
  const ignores = new Map([[SETTINGS, ofSettings]]);
  if (branch?.problem != null) found.push(behind(branch.name, branch.problem));

  for (const file of files?.runbooks ?? []) {
    const bytes = readBytes(join(from ?? folder, file));
    if (bytes === null) continue;

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
  found.push(...reviewRunbooks(subjects, { settings, today, broken }));
  return {
    settings,
    documents: [...documents.values()],
    lost,
    checkout,
    diagnostics: settle(found, new Map([...ignores].map(([of, all]) => [of, inPart(all)]))),
    found,
    ignores,
  };
}

function behind(branch: string, message: string): Diagnostic {
  const place = { file: branch, line: 1, column: 1, endLine: 1, endColumn: 2 };
  return { ...place, severity: 'warning', rule: 'bad-value', message };
}
