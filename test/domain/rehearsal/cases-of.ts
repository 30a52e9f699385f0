import { type Library, readCases, type TestCases } from '#domain/rehearsal/read-cases.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { documentOf, settings } from '#test/support/runbooks.ts';

/** The cases of a test file of these lines; without `of`, they are of the first of the runbooks. */
export function casesOf(
  cases: string,
  runbooks: readonly Runbook[],
  { of = runbooks[0]?.id ?? '', lost = new Map() }: { of?: string; lost?: Library['lost'] } = {},
): TestCases {
  const text = `apiVersion: handrail/v1\nkind: RunbookTest\nrunbook: ${of}\ncases:\n${cases}`;
  return readCases(
    { file: 'it.test.yaml', bytes: new TextEncoder().encode(text) },
    {
      settings,
      runbooks: new Map(runbooks.map((runbook) => [runbook.id, documentOf(runbook)])),
      lost,
    },
  );
}

/** What is wrong with the file or its cases, as `line:column rule: message (hint)`. */
export function findingsOf({ cases, diagnostics }: TestCases): readonly string[] {
  return [...diagnostics, ...cases.flatMap(({ findings }) => findings)].map(
    ({ line, column, rule, message, hint }) =>
      `${line}:${column} ${rule}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );
}
