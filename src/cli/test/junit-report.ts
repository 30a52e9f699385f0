import { failureText, type PlayedCase, sideText, type TestReport } from './test-report.ts';

/** JUnit's XML as CI systems read it: a suite for each runbook. */
export function junitReport({ cases, durationMs }: TestReport): string {
  const suites = new Map<string, PlayedCase[]>();
  for (const one of cases) suites.set(one.runbook, [...(suites.get(one.runbook) ?? []), one]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    element(
      'testsuites',
      { name: 'handrail test', ...counts(cases), time: seconds(durationMs) },
      [...suites].map(([name, own]) =>
        element('testsuite', { name, ...counts(own), time: seconds(sum(own)) }, own.map(testcase)),
      ),
    ),
    '',
  ].join('\n');
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
  return [element('failure', { message: failureText(first), type }, [escaped(text.join('\n'))])];
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

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  content: readonly string[],
): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escapedLine(value)}"`,
  );
  const start = `<${name}${written.join('')}`;
  return content.length === 0 ? `${start}/>` : `${start}>\n${content.join('\n')}\n</${name}>`;
}

/** What XML 1.0 can't hold at all becomes U+FFFD. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A reader turns white space in attributes into blanks unless it is written as a reference. */
function escapedLine(text: string): string {
  return escaped(text).replaceAll(/[\t\n\r]/g, (space) => `&#${space.charCodeAt(0)};`);
}
