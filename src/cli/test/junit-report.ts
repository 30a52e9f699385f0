import { element } from '#cli/xml.ts';
import { xmlText } from '#domain/xml-text.ts';

import { failureText, type PlayedCase, sideText, type TestReport } from './test-report.ts';

/** JUnit's XML as CI systems read it: a suite for each runbook. */
export function junitReport({ cases, durationMs }: TestReport): string {
  const suites = new Map<string, PlayedCase[]>();
  for (const one of cases) suites.set(one.runbook, [...(suites.get(one.runbook) ?? []), one]);
  const written = [...suites].map(([name, own]) =>
    element('testsuite', { name, ...counts(own), time: seconds(sum(own)) }, [
      '',
      ...own.map(testcase),
      '',
    ]),
  );
  const all = { name: 'handrail test', ...counts(cases), time: seconds(durationMs) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', all, ['', ...written, ''])}\n`;
}

function testcase(one: PlayedCase): string {
  const { runbook, name, place, durationMs } = one;
  const attributes = {
    name,
    classname: runbook,
    file: place.file,
    line: String(place.line),
    time: seconds(durationMs),
  };
  return element('testcase', attributes, failureOf(one));
}

/** Readers know one failure of a case: its message is the first, its text has them all. */
function failureOf({ failures, path }: PlayedCase): readonly string[] {
  const [first] = failures;
  if (first === undefined) return [];
  const type = first.rule ?? 'expectation';
  const text = [
    ...failures.map((each) => `${each.file}:${each.line}:${each.column}: ${failureText(each)}`),
    ...(path.length === 0 ? [] : [`path: ${sideText(path)}`]),
  ];
  return [element('failure', { message: failureText(first), type }, [xmlText(text.join('\n'))])];
}

function counts(cases: readonly PlayedCase[]): Readonly<Record<string, string>> {
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  return { tests: String(cases.length), failures: String(failed), errors: '0', skipped: '0' };
}

function sum(cases: readonly PlayedCase[]): number {
  return cases.reduce((ms, { durationMs }) => ms + durationMs, 0);
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}
