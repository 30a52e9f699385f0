import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { loadLibrary } from '#adapters/files/load-library.ts';
import { readBytes, SETTINGS } from '#adapters/files/runbook-folder.ts';
import type { Examination, Examine } from '#app/pull-request/examine.ts';
import { lintPaths } from '#cli/lint/lint-paths.ts';
import { loadFolder } from '#cli/test/load-folder.ts';
import { playTests } from '#cli/test/play-tests.ts';
import { failureText } from '#cli/test/test-report.ts';

/**
 * Examines files in a folder of their own, just as `handrail lint` and `handrail test` would.
 * `folder` has the settings that hold where there are none among the files.
 */
export function createExamine({ folder }: { folder: string }): Examine {
  return async (files) => {
    const root = await mkdtemp(path.join(tmpdir(), 'handrail-pull-request-'));
    try {
      for (const [name, bytes] of files) {
        const file = path.join(root, name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, bytes);
      }
      if (!files.has(SETTINGS)) {
        const settings = readBytes(path.join(folder, SETTINGS));
        if (settings !== null) await writeFile(path.join(root, SETTINGS), settings);
      }
      return await examined(root);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  };
}

async function examined(root: string): Promise<Examination> {
  const inside = <P extends { file: string }>(place: P): P => ({
    ...place,
    file: path.relative(root, path.resolve(place.file)).split(path.sep).join('/'),
  });
  const { settings, documents } = await loadLibrary(root, null);
  const { diagnostics } = await lintPaths([root], new Date().toISOString().slice(0, 10));
  const cases = settings === null ? [] : await playedCases(root);
  return {
    settings,
    documents,
    diagnostics: diagnostics.map(inside),
    tests: cases.map(({ runbook, name, place, failures }) => ({
      runbook,
      // A file that can't be played is named after itself, and this folder is nobody's business.
      name: name === place.file ? inside(place).file : name,
      place: inside(place),
      failures: failures.map((failure) => inside({ ...failure, text: failureText(failure) })),
    })),
  };
}

async function playedCases(root: string) {
  const folder = await loadFolder(root, null);
  return (await playTests(folder, { filter: '', onCase: () => {} })).cases;
}
