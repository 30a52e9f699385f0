import { join } from 'node:path';

import type { Diagnostic } from '#domain/diagnostic.ts';
import { type IgnoreComments, inPart, NO_IGNORES, settle } from '#domain/runbook/ignores.ts';
import { readRunbook } from '#domain/runbook/read-runbook.ts';
import { readSettings, type SettingsReading } from '#domain/runbook/read-settings.ts';
import { review } from '#domain/runbook/review.ts';
import type { Subject } from '#domain/runbook/rules/rule.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { digestOf } from './digest.ts';
import { listFolder, readBytes, SETTINGS } from './runbook-folder.ts';

/** One look at the folder. `lost` are files that exist and could not be loaded. */
export type Loaded = {
  settings: Settings | null;
  documents: readonly RunbookDocument[];
  lost: ReadonlySet<string>;
  /** All that is wrong, without what a comment silences. */
  diagnostics: readonly Diagnostic[];
  /** The same before the comments were heard; whoever finds more settles all of it together. */
  found: readonly Diagnostic[];
  ignores: ReadonlyMap<string, IgnoreComments>;
};

/** `today` is a date; without it, no review is too old. */
export async function loadLibrary(
  folder: string,
  overlay: string | null,
  today: string | null = null,
): Promise<Loaded> {
  const files = await listFolder(folder);
  const { settings, diagnostics, ignores: ofSettings } = await loadSettings(folder, overlay);
  const documents = new Map<string, RunbookDocument>();
  const lost = new Set<string>();
  const found: Diagnostic[] = [...diagnostics];
  const subjects: Subject[] = [];
  const ignores = new Map([[SETTINGS, ofSettings]]);

  for (const file of files.runbooks) {
    const bytes = await readBytes(join(folder, file));
    if (bytes === null) continue;

    const reading = readRunbook({ file, bytes });
    found.push(...reading.diagnostics);
    ignores.set(file, settings === null ? inPart(reading.ignores) : reading.ignores);
    if (reading.subject !== null) subjects.push(reading.subject);
    const { runbook } = reading;
    if (runbook === null || documents.has(runbook.id)) {
      lost.add(file);
      continue;
    }
    documents.set(runbook.id, { runbook, digest: digestOf(bytes), file, commit: null });
  }
  found.push(...review(subjects, { settings, today }));
  return {
    settings,
    documents: [...documents.values()],
    lost,
    diagnostics: settle(found, new Map([...ignores].map(([of, all]) => [of, inPart(all)]))),
    found,
    ignores,
  };
}

async function loadSettings(folder: string, overlay: string | null): Promise<SettingsReading> {
  const bytes = await readBytes(join(folder, SETTINGS));
  const over = overlay === null ? null : await readBytes(overlay);
  if (bytes === null) return missing(SETTINGS);
  if (overlay === null) return readSettings({ file: SETTINGS, bytes });
  return over === null
    ? missing(overlay)
    : readSettings({ file: SETTINGS, bytes }, { file: overlay, bytes: over });
}

function missing(file: string): SettingsReading {
  const place = { file, line: 1, column: 1, endLine: 1, endColumn: 2 };
  const message = 'this file is missing';
  return {
    settings: null,
    diagnostics: [{ ...place, severity: 'error', rule: 'bad-value', message }],
    ignores: NO_IGNORES,
  };
}
