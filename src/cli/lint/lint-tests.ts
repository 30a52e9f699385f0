import path from 'node:path';

import type { Loaded } from '#adapters/files/load-library.ts';
import { readBytes } from '#adapters/files/runbook-folder.ts';
import { libraryOf } from '#cli/test/load-folder.ts';
import type { Diagnostic } from '#domain/diagnostic.ts';
import { coverageOf, seenIn } from '#domain/rehearsal/coverage.ts';
import { type Library, readCases } from '#domain/rehearsal/read-cases.ts';
import { untestedRunbook } from '#domain/rehearsal/untested-runbook.ts';
import type { IgnoreComments } from '#domain/runbook/ignores.ts';
import { readTest } from '#domain/runbook/read-test.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';

type Folder = {
  root: string;
  loaded: Loaded;
  tests: readonly string[];
  isWanted: (file: string) => boolean;
};

type LintedTests = {
  diagnostics: readonly Diagnostic[];
  ignores: ReadonlyMap<string, IgnoreComments>;
};

/**
 * Mistakes in tests, and what tests leave out of the runbooks that are looked at. A runbook with a
 * test that can't be played is left alone: what it covers is not known.
 */
export function lintTests({ root, loaded, tests, isWanted }: Folder): LintedTests {
  const library = libraryOf(root, loaded);
  const documents = loaded.documents.filter(({ file }) => isWanted(file));
  const found: Diagnostic[] = [];
  const ignores = new Map<string, IgnoreComments>();
  const unknown = new Set<string>();
  const seen = new Map<string, Set<string>>();

  for (const file of tests) {
    const bytes = readBytes(path.join(root, file));
    if (bytes === null) continue;
    if (!isWanted(file) && named(bytes, documents).length === 0) continue;
    if (isWanted(file) && names(bytes, 'handrail-ignore')) {
      ignores.set(file, readTest({ file, bytes }).ignores);
    }
    if (library === null) {
      found.push(...readTest({ file, bytes }).diagnostics);
      continue;
    }
    const { findings, runbook, names: covered } = lookAt({ file, bytes }, library, documents);
    found.push(...findings.filter((one) => one.file === file));
    if (runbook === null) {
      for (const id of named(bytes, documents)) unknown.add(id);
      continue;
    }
    if (findings.length > 0) unknown.add(runbook);
    seen.set(runbook, new Set([...(seen.get(runbook) ?? []), ...covered]));
  }
  if (library === null) return { diagnostics: found, ignores };

  const untested = documents
    .filter(({ runbook }) => !unknown.has(runbook.id))
    .flatMap(({ runbook, file }) => {
      const bytes = readBytes(path.join(root, file));
      const covered = seen.get(runbook.id);
      const coverage = covered === undefined ? null : coverageOf(runbook, covered);
      return bytes === null ? [] : untestedRunbook({ file, bytes }, coverage);
    });
  return { diagnostics: [...found, ...untested], ignores };
}

function named(bytes: Uint8Array, documents: readonly RunbookDocument[]): readonly string[] {
  return documents.map(({ runbook }) => runbook.id).filter((id) => names(bytes, id));
}

/** Looks before it parses: of a thousand tests one file needs a few. */
function names(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(text);
}

/** Plays the cases only where somebody asks what they cover. */
function lookAt(
  test: { file: string; bytes: Uint8Array },
  library: Library,
  documents: readonly RunbookDocument[],
): { findings: readonly Diagnostic[]; runbook: string | null; names: readonly string[] } {
  const { runbook, cases, diagnostics } = readCases(test, library);
  const findings = [...diagnostics, ...cases.flatMap((one) => one.findings)];
  const asked = documents.some((document) => document.runbook.id === runbook);
  const played = asked && findings.length === 0 ? cases : [];
  return { findings, runbook, names: played.flatMap((one) => seenIn(one.play().events)) };
}
