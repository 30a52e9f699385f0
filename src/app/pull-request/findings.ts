import type { Diagnostic } from '#domain/diagnostic.ts';
import type { Annotation } from '#ports/code-host.ts';

import type { Examination, PlayedTest } from './examine.ts';

/** What a pull request has to answer for. */
export type Findings = {
  diagnostics: readonly Diagnostic[];
  failed: readonly PlayedTest[];
  tests: number;
};

/** Everything about the files that it changes; of others, what was not wrong before. */
export function findingsOf(
  before: Examination,
  after: Examination,
  changed: ReadonlySet<string>,
): Findings {
  const known = new Set(before.diagnostics.map(keyOf));
  return {
    diagnostics: after.diagnostics.filter(
      (found) => changed.has(found.file) || !known.has(keyOf(found)),
    ),
    failed: after.tests.filter(({ failures }) => failures.length > 0),
    tests: after.tests.length,
  };
}

export function conclusionOf({ diagnostics, failed }: Findings): 'success' | 'failure' {
  const wrong = diagnostics.some(({ severity }) => severity === 'error') || failed.length > 0;
  return wrong ? 'failure' : 'success';
}

/** `2 errors, 1 warning, 1 of 14 tests failed`. */
export function summaryOf({ diagnostics, failed, tests }: Findings): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const played =
    failed.length > 0
      ? `${failed.length} of ${counted(tests, 'test')} failed`
      : tests > 0
        ? `${counted(tests, 'test')} passed`
        : 'no tests';
  return [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    played,
  ].join(', ');
}

/** Findings at their lines. `folder` is where the runbooks are in the repository. */
export function annotationsOf({ diagnostics, failed }: Findings, folder: string): Annotation[] {
  return [
    ...diagnostics.map((found): Annotation => ({
      ...placed(found, folder),
      level: found.severity === 'error' ? 'failure' : 'warning',
      title: found.rule,
      message: found.hint === undefined ? found.message : `${found.message}\n${found.hint}`,
    })),
    ...failed.flatMap(({ name, failures }) =>
      failures.map((failure): Annotation => ({
        ...placed(failure, folder),
        level: 'failure',
        title: name,
        message: failure.text,
      })),
    ),
  ];
}

function placed(
  { file, line, endLine, column, endColumn }: Omit<Diagnostic, 'severity' | 'rule' | 'message'>,
  folder: string,
): Pick<Annotation, 'path' | 'startLine' | 'endLine' | 'columns'> {
  return {
    path: inRepository(file, folder),
    startLine: line,
    endLine,
    // Ours end before `endColumn`, those of code hosts with it.
    columns: line === endLine ? { start: column, end: Math.max(column, endColumn - 1) } : null,
  };
}

export function inRepository(file: string, folder: string): string {
  return folder === '' ? file : `${folder}/${file}`;
}

function keyOf({ file, rule, message }: Diagnostic): string {
  return JSON.stringify([file, rule, message]);
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
