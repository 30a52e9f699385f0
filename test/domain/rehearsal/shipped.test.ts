import { readdirSync, readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import type { Diagnostic } from '#domain/diagnostic.ts';
import { coverageOf, seenIn } from '#domain/rehearsal/coverage.ts';
import { readCases } from '#domain/rehearsal/read-cases.ts';
import { readRunbook } from '#domain/runbook/read-runbook.ts';
import { readSettings } from '#domain/runbook/read-settings.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import { documentOf } from '#test/support/runbooks.ts';

const folder = new URL('../../../runbooks/', import.meta.url);
const { settings } = readSettings({
  file: 'handrail.yaml',
  bytes: readFileSync(new URL('handrail.yaml', folder)),
});
const files = readdirSync(new URL('checkout/', folder)).map((name) => ({
  file: name,
  bytes: readFileSync(new URL(`checkout/${name}`, folder)),
}));
const tests = files.filter(({ file }) => file.endsWith('.test.yaml'));
const documents = files.filter((each) => !tests.includes(each)).flatMap(documentIn);

function documentIn(given: { file: string; bytes: Uint8Array }): readonly RunbookDocument[] {
  const { runbook } = readRunbook(given);
  return runbook === null ? [] : [documentOf(runbook)];
}

function play(given: { file: string; bytes: Uint8Array }, on: readonly RunbookDocument[]) {
  if (settings === null) throw new Error('the shipped settings have errors');
  const runbooks = new Map(on.map((document) => [document.runbook.id, document]));
  const { runbook, cases, diagnostics } = readCases(given, {
    settings,
    runbooks,
    lost: new Map<string, readonly Diagnostic[]>(),
  });
  const findings = [...diagnostics, ...cases.flatMap((one) => one.findings)];
  const played = findings.length === 0 ? cases.map((one) => one.play()) : [];
  const failures = played.flatMap((one) => one.failures);
  return { runbook, findings, failures, seen: played.flatMap(({ events }) => seenIn(events)) };
}

test.each(tests)('the cases of $file pass', (given) => {
  expect(play(given, documents)).toMatchObject({ findings: [], failures: [] });
});

test.each(documents)('the tests go through every step and route of $file', ({ runbook }) => {
  const played = tests.map((given) => play(given, documents));
  const seen = played.filter((one) => one.runbook === runbook.id).flatMap((one) => one.seen);
  expect(coverageOf(runbook, new Set(seen)).missed).toEqual([]);
});

test('the tests that the language reference shows pass on the runbooks that it shows', () => {
  const readme = readFileSync(new URL('README.md', folder), 'utf8');
  const examples = [...readme.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => ({
    file: 'README.md',
    bytes: new TextEncoder().encode(text),
    text,
  }));
  const shown = examples.filter(({ text }) => text.includes('kind: Runbook\n'));
  const shownTests = examples.filter(({ text }) => text.includes('kind: RunbookTest\n'));
  const played = shownTests.map((given) => play(given, shown.flatMap(documentIn)));

  expect(played.length).toBeGreaterThan(0);
  for (const one of played) expect(one).toMatchObject({ findings: [], failures: [] });
});
