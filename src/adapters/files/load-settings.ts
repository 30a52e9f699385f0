import { join } from 'node:path';

import { NO_IGNORES } from '#domain/runbook/ignores.ts';
import { readSettings, type SettingsReading } from '#domain/runbook/read-settings.ts';

import { readBytes, SETTINGS } from './runbook-folder.ts';

/** The settings of a folder, with what is laid over them. `missing`: one of the files is not there. */
export function loadSettings(
  folder: string,
  overlay: string | null,
): SettingsReading & { missing?: true } {
  const bytes = readBytes(join(folder, SETTINGS));
  const over = overlay === null ? null : readBytes(overlay);
  if (bytes === null) return missing(SETTINGS);
  if (overlay === null) return readSettings({ file: SETTINGS, bytes });
  return over === null
    ? missing(overlay)
    : readSettings({ file: SETTINGS, bytes }, { file: overlay, bytes: over });
}

function missing(file: string): SettingsReading & { missing: true } {
  const start = { file, line: 1, column: 1, endLine: 1, endColumn: 2 };
  const problem = {
    severity: 'error',
    rule: 'bad-value',
    message: 'this file is missing',
    ...(file === SETTINGS && { hint: '`handrail init` writes a first one' }),
  } as const;
  const diagnostics = [{ ...start, ...problem }];
  return { settings: null, diagnostics, subject: null, ignores: NO_IGNORES, missing: true };
}
