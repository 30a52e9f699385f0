import { join } from 'node:path';

import type { Diagnostic } from '#domain/diagnostic.ts';
import { crossCheck } from '#domain/runbook/cross-check.ts';
import { readRunbook } from '#domain/runbook/read-runbook.ts';
import type { RuleId } from '#domain/runbook/rule-id.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { BranchCheckout } from '#ports/runbook-branch.ts';

import { digestOf } from './digest.ts';
import { type GitCheckout, readCheckout } from './git-checkout.ts';
import { loadSettings } from './load-settings.ts';
import { listFolder, readBytes } from './runbook-folder.ts';

/** One look at the folder. `lost` are files that exist and could not be loaded. */
export type Loaded = {
  settings: Settings | null;
  documents: readonly RunbookDocument[];
  lost: ReadonlySet<string>;
  checkout: GitCheckout | null;
  diagnostics: readonly Diagnostic[];
};

/** With a `branch`, the folder has the settings only. */
export async function loadLibrary(
  folder: string,
  overlay: string | null,
  branch: BranchCheckout | null = null,
): Promise<Loaded> {
  // Before the files: one that changes meanwhile is rather shown as modified.
  const checkout = branch === null ? await readCheckout(folder) : null;
  const from = branch === null ? folder : branch.folder;
  const files = from === null ? null : await listFolder(from);
  const { settings, diagnostics: ofSettings } = await loadSettings(folder, overlay);
  const documents = new Map<string, RunbookDocument>();
  const lost = new Set<string>();
  const diagnostics: Diagnostic[] = [...ofSettings];
  if (branch?.problem != null) diagnostics.push(behind(branch.name, branch.problem));

  for (const file of files?.runbooks ?? []) {
    const bytes = await readBytes(join(from ?? folder, file));
    if (bytes === null) continue;

    const reading = readRunbook({ file, bytes });
    diagnostics.push(...reading.diagnostics);
    const taken = reading.runbook && documents.get(reading.runbook.id);
    if (taken) diagnostics.push(sameId(file, taken));
    if (reading.runbook === null || taken) {
      lost.add(file);
      continue;
    }
    const { runbook } = reading;
    const revision = checkout?.revision(file, bytes) ?? { commit: branch?.commit ?? null };
    documents.set(runbook.id, { runbook, digest: digestOf(bytes), file, ...revision });
    if (settings === null) continue;
    diagnostics.push(...crossCheck({ file, bytes }, runbook, settings));
  }
  return { settings, documents: [...documents.values()], lost, checkout, diagnostics };
}

function behind(branch: string, message: string): Diagnostic {
  return { ...problem(branch, 'bad-value', message), severity: 'warning' };
}

function sameId(file: string, taken: RunbookDocument): Diagnostic {
  return problem(file, 'bad-value', `the id "${taken.runbook.id}" is taken by ${taken.file}`);
}

function problem(file: string, rule: RuleId, message: string): Diagnostic {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 2, severity: 'error', rule, message };
}
