import path from 'node:path';

import { readBytes } from '#adapters/files/runbook-folder.ts';
import { coverageOf } from '#domain/rehearsal/coverage.ts';
import { missedPlaces } from '#domain/rehearsal/missed-places.ts';

import type { LoadedFolder } from './load-folder.ts';
import type { PlayedFolder } from './play-tests.ts';
import type { RunbookCoverage } from './test-report.ts';

/** What the cases that were played cover of their runbooks, and where the rest stands. */
export function coverageOfFolder(
  { root, library }: LoadedFolder,
  { seen }: PlayedFolder,
): readonly RunbookCoverage[] {
  const all: RunbookCoverage[] = [];
  for (const [id, names] of seen) {
    const document = library.runbooks.get(id);
    if (document === undefined) continue;
    const { missed, ...shares } = coverageOf(document.runbook, names);
    const absolute = path.join(root, document.file);
    const file = path.relative(process.cwd(), absolute);
    const bytes = readBytes(absolute) ?? new Uint8Array();
    all.push({ ...shares, runbook: id, file, missed: missedPlaces({ file, bytes }, missed) });
  }
  return all;
}
