import { expect, test } from 'vitest';

import type { JsonObject } from '#domain/json.ts';
import type { MeasurementRecord } from '#domain/run/events.ts';
import { judge } from '#domain/run/judge.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import { runbookOf } from '#test/support/runbooks.ts';

function verdictOf(step: string, measurement: MeasurementRecord): string {
  const [read] = runbookOf(`  - {id: a, title: A, ${step}}`).steps;
  return judged(read, measurement);
}

function judged(step: Step | undefined, measurement: MeasurementRecord): string {
  if (step === undefined) throw new Error('no step');
  const scope = { inputs: {}, inputSpecs: {}, steps: {} };
  return judge(step, step.with, measurement, scope).verdict;
}

function measured(result: JsonObject): MeasurementRecord {
  return { kind: 'measured', result, summary: 's' };
}

const metric = 'uses: check.metric, with: {query: up}';
const http = "uses: check.http, with: {url: 'https://a.example'}";

test.each([
  ["pass: '< 3%'", 0.01, 'pass'],
  ["pass: '< 3%'", 0.04, 'fail'],
  ["fail: '> 5%'", 0.04, 'pass'],
  ["fail: '> 5%'", 0.06, 'fail'],
  ["pass: '< 3%', fail: '> 5%'", 0.01, 'pass'],
  ["pass: '< 3%', fail: '> 5%'", 0.04, 'inconclusive'],
  ["pass: '< 3%', fail: '> 5%'", 0.06, 'fail'],
  ["pass: '> 3%', fail: '> 5%'", 0.06, 'fail'],
  ["pass: '< 3%', fail: '> 5%'", null, 'inconclusive'],
  ["pass: '< 3%', fail: '> 5%', noData: fail", null, 'fail'],
  ["fail: '> 5%'", null, 'inconclusive'],
  ['pass: result.value == null', null, 'inconclusive'],
  ['pass: "true"', null, 'inconclusive'],
  ['why: nobody said what is good', 0.01, 'inconclusive'],
] as const)('a metric with %s and the value %s is %s', (rules, value, verdict) => {
  expect(verdictOf(`${metric}, ${rules}`, measured({ value }))).toBe(verdict);
});

test.each([
  ["pass: '< 3%'", 'inconclusive'],
  ["pass: '< 3%', noData: fail", 'inconclusive'],
  ['pass: size(result.series) == 2', 'pass'],
])('two series where %s are %s', (rules, verdict) => {
  const series = [
    { labels: {}, value: 1 },
    { labels: {}, value: 2 },
  ];
  expect(verdictOf(`${metric}, ${rules}`, measured({ value: null, series }))).toBe(verdict);
});

test.each([
  ['why: nothing given', 200, 'pass'],
  ['why: nothing given', 503, 'fail'],
  ['fail: result.status == 404', 503, 'inconclusive'],
  ['fail: result.status == 404', 404, 'fail'],
  ['fail: result.status == 404', 200, 'pass'],
  ['pass: result.status == 503', 503, 'pass'],
])('a page with %s that answers %i is %s', (rules, status, verdict) => {
  expect(verdictOf(`${http}, ${rules}`, measured({ status, duration: '80ms' }))).toBe(verdict);
});

test.each(['pass: result.body.healthy', 'fail: 10 / (result.status - 200) == 1'])(
  'an expression error in %s is never a pass',
  (rules) => {
    expect(verdictOf(`${http}, ${rules}`, measured({ status: 200 }))).toBe('inconclusive');
  },
);

test('an unreachable target fails, whatever the step says', () => {
  const silence = { kind: 'unreachable', code: 'ETIMEDOUT', message: 'm', result: {} } as const;
  expect(verdictOf(`${http}, pass: "true"`, silence)).toBe('fail');
});

test('our own failure says nothing about the target, even where no data is a failure', () => {
  const broken = { kind: 'unavailable', message: 'm', retry: false } as const;
  expect(verdictOf(`${metric}, pass: '< 3%', noData: fail`, broken)).toBe('inconclusive');
});
