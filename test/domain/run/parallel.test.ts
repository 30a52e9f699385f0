import { expect, test } from 'vitest';

import type { RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

const hosts =
  'inputs:\n  hosts: {type: array, items: {type: string}, default: [a.example, b.example]}';

function play(steps: string, one: RehearsalCase) {
  return rehearse({ runbook: runbookOf(steps, hosts), settings }, one);
}

const group = `  - id: group
    title: Group
    uses: parallel
    steps:
      - {id: one, uses: check.metric, with: {query: up}, pass: '< 3%'}
      - {id: two, uses: check.metric, with: {query: up}, pass: '< 3%'}`;

test.each([
  [0, 0, 'pass'],
  [0, 1, 'fail'],
  [null, 1, 'fail'],
  [0, null, 'inconclusive'],
  [null, null, 'inconclusive'],
] as const)('children with %s and %s are together %s', (one, two, verdict) => {
  const { failures } = play(group, {
    mocks: { 'group.one': { value: one }, 'group.two': { value: two } },
    expect: { status: 'succeeded', verdicts: { group: verdict } },
  });
  expect(failures).toEqual([]);
});

const each = `  - id: group
    title: Group
    uses: parallel
    foreach: {host: inputs.hosts}
    steps:
      - {id: dns, uses: check.dns, with: {name: '\${{ host }}'}}
      - {id: tls, uses: check.tls, with: {host: '\${{ steps.dns.result.answers[0] }}'}, if: steps.dns.verdict == "pass"}
  - id: after
    title: After
    uses: check.metric
    with: {query: '\${{ size(steps.group.children) }}'}
    pass: '< 3%'`;

test('every item has its own checks, and a child reads the siblings of its own item only', () => {
  const { failures, events, run } = play(each, {
    mocks: {
      'group[a.example].dns': { answers: ['192.0.2.1'] },
      'group[b.example].dns': { answers: [] },
      'group.tls': { authorized: true, daysLeft: 60 },
      after: { value: 0 },
    },
    expect: {
      verdicts: { 'group[a.example].tls': 'pass', 'group[b.example].dns': 'fail', group: 'fail' },
    },
  });
  expect(failures).toEqual([]);
  const asked = events.flatMap((event) =>
    event.type === 'Measured' && event.measurement.kind === 'measured'
      ? [[event.path, event.with]]
      : [],
  );
  expect(asked).toEqual([
    ['group[a.example].dns', { name: 'a.example' }],
    ['group[a.example].tls', { host: '192.0.2.1' }],
    ['group[b.example].dns', { name: 'b.example' }],
    ['after', { query: '4' }],
  ]);
  expect(run.steps['group']?.activities.at(-1)?.last?.measurement).toEqual({ kind: 'skipped' });
});

test('a nested step that is left out does not make the group inconclusive', () => {
  const { failures } = play(
    `  - id: group
    title: Group
    uses: parallel
    steps:
      - {id: one, uses: check.metric, with: {query: up}, pass: '< 3%'}
      - {id: two, uses: check.metric, with: {query: up}, pass: '< 3%', if: 'false'}`,
    { mocks: { 'group.one': { value: 0 } }, expect: { verdicts: { group: 'pass' } } },
  );
  expect(failures).toEqual([]);
});

test.each([
  ['[a.example, a.example]', ['a.example', 'a.example']],
  ['no items', []],
])('%s is inconclusive, and nothing is measured', (_what, items) => {
  const { failures, run } = play(each, {
    inputs: { hosts: items },
    mocks: { after: { value: 0 } },
    expect: { verdicts: { group: 'inconclusive' } },
  });
  expect(failures).toEqual([]);
  expect(run.steps['group']?.activities).toEqual([]);
});

test('a child whose rule reads a sibling is measured after it, wherever it stands', () => {
  const { failures, events } = play(
    `  - id: group
    title: Group
    uses: parallel
    steps:
      - {id: two, uses: check.metric, with: {query: up}, pass: 'steps.one.verdict == "pass"'}
      - {id: one, uses: check.metric, with: {query: up}, pass: '< 3%'}`,
    {
      mocks: { 'group.one': { value: 0 }, 'group.two': { value: 1 } },
      expect: { verdicts: { group: 'pass' } },
    },
  );
  expect(failures).toEqual([]);
  const order = events.flatMap((event) => (event.type === 'Measured' ? [event.path] : []));
  expect(order).toEqual(['group.one', 'group.two']);
});
