import type { Diagnostic, Place } from '#domain/diagnostic.ts';
import { calledBy } from '#domain/runbook/called-by.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import { readTest } from '#domain/runbook/read-test.ts';
import { atValue, type ParsedFile } from '#domain/runbook/rules/rule.ts';
import type { RunbookTestCase } from '#domain/runbook/runbook-test-file.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { rangeIn } from './case-file.ts';
import { checkCase } from './check-case.ts';
import { placesOf } from './places.ts';
import { rehearse, type Rehearsal } from './rehearse.ts';
import type { Rehearsed } from './scene.ts';

/** What a test is played on. `lost` are runbooks that are not loaded, with what is wrong with them. */
export type Library = {
  settings: Settings;
  runbooks: ReadonlyMap<string, RunbookDocument>;
  lost: ReadonlyMap<string, readonly Diagnostic[]>;
};

export type TestCases = {
  /** The id that the file names, if it can be told. */
  runbook: string | null;
  cases: readonly TestCase[];
  /** What keeps the file as a whole from being played; then it has no cases. */
  diagnostics: readonly Diagnostic[];
};

export type TestCase = {
  name: string;
  place: Place;
  /** Mistakes in the case; one that has any is not to be played. */
  findings: readonly Diagnostic[];
  play(): Rehearsal;
  /** Where a failure of the rehearsal was written. */
  locate(at: readonly (string | number)[]): Place;
};

/** The cases of a test file, ready to be played. Never throws: what is wrong is said with its place. */
export function readCases(given: { file: string; bytes: Uint8Array }, library: Library): TestCases {
  const { test, runbook: named, parsed, diagnostics } = readTest(given);
  if (test === null || parsed === null) return { runbook: named, cases: [], diagnostics };

  const { runbook: id } = test;
  const document = library.runbooks.get(id);
  if (document === undefined) {
    const why = library.lost.get(id) ?? [unknownRunbook(parsed, id, library)];
    return { runbook: id, cases: [], diagnostics: why };
  }
  const { runbook } = document;
  const called = calledBy(runbook, (one) => library.runbooks.get(one) ?? null);
  const rehearsed: Rehearsed = { runbook, settings: library.settings, called };
  const places = placesOf(runbook, called);
  const cases = test.cases.map((one, index): TestCase => {
    const { source } = parsed;
    const written = { file: parsed, base: ['cases', index], places };
    const locate: TestCase['locate'] = (at) => {
      const { start, end } = rangeIn(written, at, at.at(-1) === 'mocks' ? 'key' : 'value');
      return source.place(start, end);
    };
    return {
      name: one.name,
      place: locate(['name']),
      findings: [...brokenCalls(rehearsed, one, library), ...checkCase(written, one, rehearsed)],
      play: () => rehearse(rehearsed, one),
      locate,
    };
  });
  return { runbook: id, cases, diagnostics: [] };
}

function unknownRunbook(file: ParsedFile, id: string, { runbooks, lost }: Library): Diagnostic {
  const guess = closest(id, [...runbooks.keys(), ...lost.keys()]);
  return file.source.problem(
    'bad-value',
    atValue(file, ['runbook']),
    `there is no runbook "${id}"`,
    guess === null ? undefined : `did you mean "${guess}"?`,
  );
}

/** What is wrong with runbooks that are called, unless a mock stands in for them. */
function brokenCalls(
  { runbook }: Rehearsed,
  { mocks = {} }: RunbookTestCase,
  { lost }: Library,
): readonly Diagnostic[] {
  return runbook.steps
    .filter((step) => step.uses === 'runbook' && !Object.hasOwn(mocks, step.id))
    .flatMap(({ with: { id } }) => (typeof id === 'string' ? (lost.get(id) ?? []) : []));
}
