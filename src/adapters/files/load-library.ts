import { join } from 'node:path';

import type { Diagnostic } from '#domain/diagnostic.ts';
import { crossCheck } from '#domain/runbook/cross-check.ts';
import { readRunbook } from '#domain/runbook/read-runbook.ts';
import type { RuleId } from '#domain/runbook/rule-id.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

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

export async function loadLibrary(folder: string, overlay: string | null): Promise<Loaded> {
  // Before the files: one that changes meanwhile is rather shown as modified.
  const checkout = await readCheckout(folder);
  const files = await listFolder(folder);
  const { settings, diagnostics: ofSettings } = await loadSettings(folder, overlay);
  const documents = new Map<string, RunbookDocument>();
  const lost = new Set<string>();
  const diagnostics: Diagnostic[] = [...ofSettings];

  for (const file of files.runbooks) {
    const bytes = await readBytes(join(folder, file));
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
    const revision = checkout?.revision(file, bytes) ?? { commit: null };
    documents.set(runbook.id, { runbook, digest: digestOf(bytes), file, ...revision });
    if (settings === null) continue;
    diagnostics.push(...crossCheck({ file, bytes }, runbook, settings));
  }
  return { settings, documents: [...documents.values()], lost, checkout, diagnostics };
}

function sameId(file: string, taken: RunbookDocument): Diagnostic {
  return problem(file, 'bad-value', `the id "${taken.runbook.id}" is taken by ${taken.file}`);
}

function problem(file: string, rule: RuleId, message: string): Diagnostic {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 2, severity: 'error', rule, message };
}
