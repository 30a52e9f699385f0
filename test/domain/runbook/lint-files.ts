import type { Diagnostic } from '#domain/diagnostic.ts';
import { inPart, settle } from '#domain/runbook/ignores.ts';
import { readRunbook } from '#domain/runbook/read-runbook.ts';
import { readSettings } from '#domain/runbook/read-settings.ts';
import { reviewRunbooks } from '#domain/runbook/review-runbooks.ts';
import { reviewSettings } from '#domain/runbook/review-settings.ts';

import { encode } from './runbook-text.ts';

/** Lints files as a folder with them would be; today is 2026-11-24. */
export function lintFiles(files: Readonly<Record<string, string | Uint8Array>>): {
  diagnostics: readonly Diagnostic[];
  /** Of those, the runbooks that can be used. */
  runbooks: readonly string[];
} {
  const given = Object.entries(files).map(([file, text]) => ({
    file,
    bytes: typeof text === 'string' ? encode(text) : text,
  }));
  const settingsFile = given.find(({ file }) => file === 'handrail.yaml');
  const ofSettings = settingsFile === undefined ? null : readSettings(settingsFile);
  const readings = given
    .filter((one) => one !== settingsFile)
    .map((one) => ({ file: one.file, ...readRunbook(one) }));
  const subjects = readings.flatMap(({ subject }) => (subject === null ? [] : [subject]));
  const found = [
    ...(ofSettings?.diagnostics ?? []),
    ...(ofSettings?.subject ? reviewSettings(ofSettings.subject) : []),
    ...readings.flatMap(({ diagnostics }) => diagnostics),
    ...reviewRunbooks(subjects, {
      settings: ofSettings?.settings ?? null,
      today: '2026-11-24',
      others: new Set(),
    }),
  ];
  const ignores = new Map(
    readings.map(({ file, ignores: of }) => [file, ofSettings?.settings ? of : inPart(of)]),
  );
  if (ofSettings !== null) ignores.set('handrail.yaml', ofSettings.ignores);
  return {
    diagnostics: settle(found, ignores),
    runbooks: readings.filter(({ runbook }) => runbook !== null).map(({ file }) => file),
  };
}
