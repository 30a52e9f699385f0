import { expect, test } from 'vitest';

import type { RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { by, byBot, give, theRun } from '#test/support/give.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

function play(steps: string, one: RehearsalCase, head = '') {
  return rehearse({ runbook: runbookOf(steps, head), settings }, one);
}

const list = 'inputs:\n  list: {type: array, items: {type: string}, default: []}';
const rate = "uses: check.metric, with: {query: up}, pass: '< 3%'";

test('only a failed measurement is tried again, three times with a growing pause', () => {
  const { run, events, elapsedMs } = play(`  - {id: a, title: A, ${rate}}`, {
    mocks: { a: { error: 'no route' } },
  });
  expect(events.filter((event) => event.type === 'Measured')).toHaveLength(3);
  expect(elapsedMs).toBe(3_000);
  expect(run.end).toMatchObject({ status: 'succeeded', verdict: 'inconclusive' });
});

test.each([null, 0.5])('the value %s is an answer and is not asked for again', (value) => {
  const { events } = play(`  - {id: a, title: A, ${rate}}`, { mocks: { a: { value } } });
  expect(events.filter((event) => event.type === 'Measured')).toHaveLength(1);
});

test('a second attempt that answers is the result', () => {
  const { failures } = play(`  - {id: a, title: A, ${rate}, retry: {attempts: 2, backoff: 7s}}`, {
    mocks: { a: [{ error: 'busy' }, { value: 0.01 }] },
    expect: { verdicts: { a: 'pass' }, elapsed: { lessThan: '7001ms' } },
  });
  expect(failures).toEqual([]);
});

test('a repeat without a watch is the same check with the same rules', () => {
  const { failures } = play(`  - {id: a, title: A, ${rate}}\n  - {id: b, title: B, repeat: a}`, {
    mocks: { a: { value: 0.5 }, b: { value: 0.01 } },
    expect: { verdicts: { a: 'fail', b: 'pass' } },
  });
  expect(failures).toEqual([]);
});

function watch(given: string, values: readonly (number | null)[]) {
  return play(`  - {id: a, title: A, ${rate}, watch: {every: 10s, ${given}}}`, {
    mocks: { a: values.map((value) => ({ value })) },
  });
}

test.each([
  ['passes at once without a hold', 'giveUpAfter: 5m', [0.01], 'pass', 0],
  ['passes when it has held', 'hold: 30s, giveUpAfter: 5m', [0.01], 'pass', 30],
  ['counts from the first pass', 'hold: 30s, giveUpAfter: 5m', [0.5, 0.01], 'pass', 40],
  ['starts again after a fail', 'hold: 30s, giveUpAfter: 5m', [0.01, 0.5, 0.01], 'pass', 50],
  ['starts again after no data', 'hold: 30s, giveUpAfter: 5m', [0.01, null, 0.01], 'pass', 50],
  ['holds no longer than asked', 'hold: 25s, giveUpAfter: 5m', [0.01], 'pass', 25],
  ['gives up with the last verdict', 'hold: 30s, giveUpAfter: 1m', [0.5], 'fail', 60],
  ['gives up without data', 'hold: 30s, giveUpAfter: 1m', [null], 'inconclusive', 60],
  ['takes a pass short of its hold for a fail', 'hold: 2m, giveUpAfter: 1m', [0.01], 'fail', 60],
] as const)('a watch %s', (_what, given, values, verdict, seconds) => {
  const { run, elapsedMs } = watch(given, values);
  expect(run.steps['a']?.finished?.verdict).toBe(verdict);
  expect(elapsedMs).toBe(seconds * 1_000);
});

test('a watch fails at once where giving up is called for', () => {
  const { run, elapsedMs } = watch('giveUpAfter: 5m, giveUpWhen: result.value > 0.9', [0.5, 0.95]);
  expect(run.steps['a']?.finished?.verdict).toBe('fail');
  expect(elapsedMs).toBe(10_000);
});

test('an error in giveUpWhen does not give up', () => {
  const { run } = watch(
    'giveUpAfter: 5m, giveUpWhen: "result.series[3].value == 1.0"',
    [0.5, 0.01],
  );
  expect(run.steps['a']?.finished?.verdict).toBe('pass');
});

test('a watch with no pause between its samples does not hang', () => {
  const { failures, run } = play(
    `  - {id: a, title: A, ${rate}, watch: {every: 0s, giveUpAfter: 2s}}`,
    { mocks: { a: { value: 0.5 } } },
  );
  expect(failures).toEqual([]);
  expect(run.end?.status).toBe('succeeded');
});

test('a watch that can not tell what to ask is over at once, without data', () => {
  const { run, elapsedMs, failures } = play(
    `  - {id: a, title: A, uses: check.metric, with: {query: '\${{ inputs.list[9] }}'}, pass: '< 3%', watch: {giveUpAfter: 5m}}`,
    {},
    list,
  );
  expect(failures).toEqual([]);
  expect(run.steps['a']?.finished).toMatchObject({ verdict: 'inconclusive', status: 'failed' });
  expect(elapsedMs).toBe(0);
});

test('checks in a row run at once, and one that reads another waits for it', () => {
  const { events } = play(
    `  - {id: a, title: A, ${rate}}
  - {id: b, title: B, ${rate}}
  - {id: c, title: C, uses: check.metric, with: {query: '\${{ steps.a.verdict }}'}, pass: '< 3%'}`,
    { mocks: { a: { value: 0 }, b: { value: 0 }, c: { value: 0 } } },
  );
  const placed = events.flatMap((event) =>
    event.type === 'PositionSet' && event.position.kind === 'at' ? [event.position.steps] : [],
  );
  expect(placed).toEqual([['a', 'b'], ['c']]);
});

test('a check with a route, a condition or a watch stands alone', () => {
  const { events } = play(
    `  - {id: a, title: A, ${rate}}
  - {id: b, title: B, ${rate}, if: 'true'}
  - {id: c, title: C, ${rate}, watch: {giveUpAfter: 1m}}
  - {id: d, title: D, ${rate}, next: {pass: end}}`,
    { mocks: { a: { value: 0 }, b: { value: 0 }, c: { value: 0 }, d: { value: 0 } } },
  );
  const placed = events.flatMap((event) =>
    event.type === 'PositionSet' && event.position.kind === 'at' ? [event.position.steps] : [],
  );
  expect(placed).toEqual([['a'], ['b'], ['c'], ['d']]);
});

test('a step whose condition is false is skipped, and the next one follows', () => {
  const { failures, run } = play(
    `  - {id: a, title: A, ${rate}, if: 'false'}\n  - {id: b, title: B, ${rate}}`,
    { mocks: { b: { value: 0 } }, expect: { status: 'succeeded', path: ['a', 'b'] } },
  );
  expect(failures).toEqual([]);
  expect(run.steps['a']?.finished?.status).toBe('skipped');
  expect(run.end?.verdict).toBe('pass');
});

test('a condition that fails to evaluate stops and asks', () => {
  const { failures, run } = play(
    `  - {id: a, title: A, ${rate}, if: 'inputs.list[9] == "x"'}`,
    { expect: { waitingOn: 'a' } },
    list,
  );
  expect(failures).toEqual([]);
  expect(run.steps['a']?.finished?.status).toBe('failed');
});

test('a target that can not be reached is evidence, and is not asked again', () => {
  const steps = `  - {id: m, title: M, uses: manual, with: {instructions: x}}\n  - {id: a, title: A, ${rate}}`;
  const { stream } = play(steps, {});
  const measurement = {
    kind: 'unreachable',
    code: 'ECONNRESET',
    message: 'm',
    result: {},
  } as const;
  const given = give(
    stream,
    { ...by('ana'), type: 'Rerun', step: 'a' },
    {
      ...byBot(),
      step: 'a',
      visit: 1,
      type: 'ReportMeasurement',
      path: 'a',
      sample: 1,
      attempt: 1,
      measurement,
    },
  );
  expect(theRun(given.stream).steps['a']?.finished).toMatchObject({ verdict: 'fail' });
});

test('a value that an expression came to and the kind does not take is no data, and says so', () => {
  const { run } = play(
    "  - {id: a, title: A, uses: check.tcp, with: {host: localhost, port: '${{ inputs.port }}'}}",
    { mocks: { a: { connected: true } } },
    'inputs:\n  port: {type: integer, default: 70000}',
  );
  expect(run.steps['a']?.finished).toMatchObject({
    status: 'failed',
    verdict: 'inconclusive',
    finding: 'with.port: expected number to be <=65535, not 70000',
  });
});

test('a value can not end the string of a query that it stands in', () => {
  const { events } = play(
    `  - {id: a, title: A, uses: check.metric, with: {query: 'up{pod="\${{ inputs.pod }}"}'}, pass: '< 3%'}`,
    { mocks: { a: { value: 0 } } },
    `inputs:\n  pod: {type: string, default: 'x"} or vector(0) #'}`,
  );
  expect(events.find((event) => event.type === 'Measured')?.with).toEqual({
    query: String.raw`up{pod="x\"} or vector(0) #"}`,
  });
});
