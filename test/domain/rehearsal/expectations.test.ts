import { describe, expect, test } from 'vitest';

import type { Expectation } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

const steps = `  - {id: a, title: A, uses: check.metric, with: {query: up}, pass: '< 3%'}
  - {id: pick, title: P, uses: choose, with: {question: Q, options: {one: {label: One, recommend: steps.a.verdict == "pass", next: end}, two: {label: Two, recommend: 'false', next: end}}}}`;
const choose = { step: 'pick', user: 'ana', choose: 'one', after: '1m' };

function failuresOf(expected: Expectation, people = [choose]) {
  return rehearse(
    { runbook: runbookOf(steps), settings },
    { mocks: { a: { value: 0 } }, people, expect: expected },
  ).failures;
}

describe('what came of it', () => {
  test('is what was expected', () => {
    expect(
      failuresOf({
        status: 'succeeded',
        path: ['a', 'pick'],
        recommended: { pick: 'one' },
        verdicts: { a: 'pass' },
        writes: [],
        elapsed: { lessThan: '61s', atLeast: '60s' },
      }),
    ).toEqual([]);
    expect(failuresOf({ waitingOn: 'pick' }, [])).toEqual([]);
  });

  test.each([
    [{ status: 'stopped' }, ['status'], 'stopped', 'succeeded'],
    [{ waitingOn: 'pick' }, ['waitingOn'], 'pick', 'succeeded'],
    [{ path: ['a'] }, ['path'], ['a'], ['a', 'pick']],
    [{ path: ['pick', 'a'] }, ['path'], ['pick', 'a'], ['a', 'pick']],
    [{ recommended: { pick: 'two' } }, ['recommended', 'pick'], 'two', 'one'],
    [{ recommended: { pick: null } }, ['recommended', 'pick'], null, 'one'],
    [{ verdicts: { a: 'fail' } }, ['verdicts', 'a'], 'fail', 'pass'],
    [{ verdicts: { 'a.b': 'pass' } }, ['verdicts', 'a.b'], 'pass', null],
    [{ writes: ['a'] }, ['writes'], ['a'], []],
    [{ elapsed: { lessThan: '1m' } }, ['elapsed', 'lessThan'], 'less than 1m', '1m'],
    [{ elapsed: { atLeast: '2m' } }, ['elapsed', 'atLeast'], 'at least 2m', '1m'],
  ] as const)('%j fails at its own place, with both sides', (expected, at, wanted, actual) => {
    expect(failuresOf(expected)).toMatchObject([
      { at: ['expect', ...at], expected: wanted, actual },
    ]);
  });

  test('is told of a run that has not ended by where it waits', () => {
    expect(failuresOf({ status: 'succeeded' }, [])).toMatchObject([{ actual: 'waiting on pick' }]);
    expect(failuresOf({ waitingOn: 'a' }, [])).toMatchObject([{ expected: 'a', actual: 'pick' }]);
  });

  test('has all that is not as expected, not just the first', () => {
    expect(failuresOf({ status: 'failed', path: [], writes: ['a'] })).toHaveLength(3);
  });
});
