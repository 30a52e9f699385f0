import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { CheckedStep, CheckReport } from '#app/check/report.ts';
import { githubReport } from '#cli/check/github-report.ts';
import { junitReport } from '#cli/check/junit-report.ts';
import { textReport } from '#cli/check/text-report.ts';
import { xmlTree } from '#test/support/xml-tree.ts';

const step = (given: Partial<CheckedStep>): CheckedStep => ({
  id: 'a',
  title: 'A',
  uses: 'check.http',
  status: 'succeeded',
  verdict: 'pass',
  duration: 0.25,
  summary: 'fine',
  outputs: {},
  evidence: { with: { url: 'https://a.example/' } },
  ...given,
});
const report = (steps: readonly CheckedStep[]): CheckReport => ({
  runbook: 'shop-preflight',
  verdict: 'fail',
  startedAt: '2026-11-24T09:00:00.000Z',
  duration: 1.25,
  steps,
});
const config = step({
  id: 'config',
  uses: 'check.config',
  verdict: 'fail',
  summary: '1 wrong setting',
  evidence: {
    with: { source: { env: true } },
    result: {
      violations: [{ key: 'PAY_URL', rule: 'url.host', message: 'host x.example is not allowed' }],
      missing: [],
    },
  },
});
const unmet = step({
  id: 'health',
  verdict: 'fail',
  summary: 'answered 500, expected 2xx',
  evidence: {
    with: { url: 'https://a.example/' },
    result: { status: 500, problems: ['answered 500, expected 2xx'] },
  },
});
const noData = step({ id: 'rate', verdict: 'inconclusive', summary: 'no data', evidence: null });
const left = step({
  id: 'look',
  verdict: null,
  status: 'skipped',
  summary: 'for people',
  evidence: null,
});

const placeOf = (id: string) => ({
  file: 'shop.yaml',
  line: id === 'config' ? 7 : 9,
  column: 5,
  endLine: 7,
  endColumn: 11,
});

const lines = (inconclusive: 'fail' | 'warn') =>
  githubReport(report([step({}), config, noData, left]), { placeOf, inconclusive })
    .trim()
    .split('\n')
    .map((line) => /^::\w+ file=[^,]*,line=\d+/.exec(line)?.[0]);

describe('the report as text', () => {
  it('has a row for each step, the evidence of what is not OK, and the verdict last', () => {
    expect(textReport(report([step({}), config, noData, left]), { colored: false })).toBe(
      `OK             a       fine · https://a.example/
Problem found  config  1 wrong setting · the environment of this process
No data        rate    no data
Skipped        look    for people

Problem found: config
    A
    1 wrong setting
    PAY_URL (url.host): host x.example is not allowed

No data: rate
    A
    no data

Problem found: shop-preflight, 3 checks: 1 OK, 1 with a problem, 1 without data, 1 left out in 1.3 s`,
    );
  });

  it('says once what was not met', () => {
    const text = textReport(report([unmet]), { colored: false });
    expect(text.split('\n').slice(1, -2)).toEqual([
      '',
      'Problem found: health',
      '    A',
      '    answered 500, expected 2xx',
      '    status: 500',
    ]);
  });

  it('lets no text from outside steer the terminal or begin a line', () => {
    const hostile = step({
      verdict: 'fail',
      summary: 'down\u001B[2J\nOK  everything\u202E',
      evidence: { with: {}, result: { body: 'x\r\nOK' } },
    });

    const text = textReport(report([hostile]), { colored: false });

    expect(['\u001B', '\r', '\u202E'].filter((one) => text.includes(one))).toEqual([]);
    expect(text).not.toMatch(/^OK/m);
  });
});

describe('the report as JUnit', () => {
  it('tells problems, what had no data and what was left out apart', () => {
    const suites = xmlTree(
      junitReport(report([step({}), config, noData, left]), { inconclusive: 'fail' }),
    );

    expect(suites.attributes).toMatchObject({
      tests: '4',
      failures: '1',
      errors: '1',
      skipped: '1',
    });
    const cases = suites.children[0]?.children ?? [];
    expect(cases.map((one) => [one.attributes['name'], one.children[0]?.name])).toEqual([
      ['a', undefined],
      ['config', 'failure'],
      ['rate', 'error'],
      ['look', 'skipped'],
    ]);
    expect(cases[1]?.children[0]?.text).toContain(
      'PAY_URL (url.host): host x.example is not allowed',
    );
    expect(cases[0]?.attributes).toMatchObject({ classname: 'shop-preflight', time: '0.250' });
  });

  it('takes no data for skipped where it may pass', () => {
    const suites = xmlTree(junitReport(report([noData]), { inconclusive: 'warn' }));
    expect(suites.attributes).toMatchObject({ errors: '0', skipped: '1' });
  });

  it('stays one document with its counts, whatever a target says', () => {
    const text = fc.string({ unit: 'binary' });
    const hostile = fc.oneof(
      text,
      fc.constantFrom(']]>', '</testcase>', '"/>', '&amp;', '\0\u001B\uFFFE', '\uD800'),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (id, summary, body) => {
        const one = step({
          id,
          verdict: 'fail',
          summary,
          evidence: { with: {}, result: { body } },
        });
        const [suite] = xmlTree(junitReport(report([one]), { inconclusive: 'fail' })).children;
        expect(suite?.children).toHaveLength(1);
        expect(suite?.children[0]?.children).toHaveLength(1);
      }),
    );
  });
});

describe('the report as annotations', () => {
  it('stands at the step; no data is a warning only where it may pass', () => {
    expect(lines('fail')).toEqual([
      '::error file=shop.yaml,line=7',
      '::error file=shop.yaml,line=9',
    ]);
    expect(lines('warn')).toEqual([
      '::error file=shop.yaml,line=7',
      '::warning file=shop.yaml,line=9',
    ]);
  });

  it('is one line for each, whatever a target says', () => {
    const hostile = step({ verdict: 'fail', summary: 'x\n::error::forged\r\n::stop-commands::x' });
    const text = githubReport(report([hostile]), { placeOf, inconclusive: 'fail' });
    expect(text.trim().split(/[\r\n]/)).toHaveLength(1);
  });
});
