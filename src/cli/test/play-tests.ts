import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

import type { Diagnostic, Place } from '#domain/diagnostic.ts';
import { seenIn } from '#domain/rehearsal/coverage.ts';
import { waitingText } from '#domain/rehearsal/expectations.ts';
import { readCases, type TestCase, type TestCases } from '#domain/rehearsal/read-cases.ts';
import { visitsOf } from '#domain/rehearsal/visits.ts';

import type { LoadedFolder, TestFile } from './load-folder.ts';
import type { CaseFailure, PlayedCase } from './test-report.ts';

export type PlayedFolder = {
  cases: readonly PlayedCase[];
  /** By runbook, what its cases went through. */
  seen: ReadonlyMap<string, ReadonlySet<string>>;
};

/** Others get a turn this often: progress is drawn, and Ctrl-C is heard. */
const turnMs = 50;

/** Plays the cases of a folder whose names contain `filter`. */
export async function playTests(
  { root, library, tests }: LoadedFolder,
  { filter, onCase }: { filter: string; onCase: (name: string) => void },
): Promise<PlayedFolder> {
  let turnedAt = performance.now();
  const cases: PlayedCase[] = [];
  const seen = new Map<string, Set<string>>();
  const toShown = shownFrom(root);

  for (const file of tests) {
    const read = readCases(file, library);
    const { runbook } = read;
    if (runbook === null || read.diagnostics.length > 0) {
      cases.push(unplayable(file, read, toShown));
      continue;
    }
    const seenHere = seen.get(runbook) ?? new Set<string>();
    seen.set(runbook, seenHere);
    for (const one of read.cases) {
      if (!one.name.toLowerCase().includes(filter.toLowerCase())) continue;
      const { played, names } = playCase(one, runbook, toShown);
      cases.push(played);
      for (const name of names) seenHere.add(name);
      onCase(one.name);
      if (performance.now() - turnedAt < turnMs) continue;
      await setImmediate();
      turnedAt = performance.now();
    }
  }
  return { cases, seen };
}

type ToShown = <P extends Place>(place: P) => P;

/** Names files as seen from the working directory. */
function shownFrom(root: string): ToShown {
  return (place) => ({ ...place, file: path.relative(process.cwd(), path.join(root, place.file)) });
}

function playCase(
  one: TestCase,
  runbook: string,
  toShown: ToShown,
): { played: PlayedCase; names: readonly string[] } {
  const { name, findings } = one;
  const base = { runbook, name, place: toShown(one.place) };
  if (findings.length > 0) {
    const failures = mistakes(findings, toShown);
    return { played: { ...base, ...notPlayed, failures }, names: [] };
  }
  const startedAt = performance.now();
  const { run, stream, events, elapsedMs, failures } = one.play();
  const played: PlayedCase = {
    ...base,
    durationMs: performance.now() - startedAt,
    elapsedMs,
    path: run.path,
    visits: visitsOf(events, run.id),
    ended: run.end === null ? waitingText(stream, run) : `the run ${run.end.status}`,
    failures: failures.map(({ at, expected, actual, message }): CaseFailure => ({
      ...toShown(one.locate(at)),
      message,
      expected,
      actual,
      rule: null,
      hint: null,
    })),
  };
  return { played, names: seenIn(events) };
}

const notPlayed = { durationMs: 0, elapsedMs: 0, path: [], visits: [], ended: null };

function unplayable(
  { file }: TestFile,
  { runbook, diagnostics }: TestCases,
  toShown: ToShown,
): PlayedCase {
  const place = toShown({ file, line: 1, column: 1, endLine: 1, endColumn: 2 });
  const failures = mistakes(diagnostics, toShown);
  return { runbook: runbook ?? '', name: place.file, place, ...notPlayed, failures };
}

function mistakes(findings: readonly Diagnostic[], toShown: ToShown): readonly CaseFailure[] {
  return findings
    .toSorted((one, other) => one.line - other.line || one.column - other.column)
    .map(({ severity: _severity, rule, message, hint = null, ...place }) => ({
      ...toShown(place),
      message,
      expected: null,
      actual: null,
      rule,
      hint,
    }));
}
