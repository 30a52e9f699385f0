import { expect, test } from 'vitest';

import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

const rate = 'uses: check.metric, with: {query: up}, pass: "< 3%"';

test.each([
  ['a check and its repeat, the last of which passes', { a: 1, b: 0, c: 0 }, 'pass'],
  ['a check whose repeat fails', { a: 0, b: 1, c: 0 }, 'fail'],
  ['another check that fails', { a: 0, b: 0, c: 1 }, 'fail'],
  ['another check without data', { a: 0, b: 0, c: null }, 'inconclusive'],
  ['a failure beside no data', { a: 0, b: 1, c: null }, 'fail'],
] as const)('the verdict of a run with %s', (_what, values, verdict) => {
  const steps = `  - {id: a, title: A, ${rate}}
  - {id: b, title: B, repeat: a}
  - {id: c, title: C, ${rate}}`;
  const mocks = Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value }]));
  expect(rehearse({ runbook: runbookOf(steps), settings }, { mocks }).run.end?.verdict).toBe(
    verdict,
  );
});

test('a run without a check has no data', () => {
  const runbook = runbookOf("  - {id: n, title: N, uses: notify, with: {to: '#x', text: Hi}}");
  expect(rehearse({ runbook, settings }, {}).run.end).toMatchObject({
    status: 'succeeded',
    verdict: 'inconclusive',
  });
});
