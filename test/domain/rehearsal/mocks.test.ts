import { describe, expect, test } from 'vitest';

import type { RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { documentOf, runbookOf, settings } from '#test/support/runbooks.ts';

function play(steps: string, one: RehearsalCase, head = '') {
  return rehearse({ runbook: runbookOf(steps, head), settings }, one);
}

const rate = '{id: a, title: A, uses: check.metric, with: {query: up}, pass: "< 3%"}';
const ask = '{id: go, title: Go, uses: manual, with: {instructions: x}, next: {done: a}}';

test('a list is first call, second call, and so on, and its last entry repeats', () => {
  const verdicts: (string | undefined)[] = [];
  for (const times of [0, 1, 2, 3]) {
    const people = Array.from({ length: times }, () => ({
      step: 'go',
      user: 'ana',
      done: true as const,
    }));
    const mocks = { a: [{ value: 1 }, { value: null }, { value: 0 }] };
    const { run } = play(`  - ${rate}\n  - ${ask}`, { mocks, people });
    verdicts.push(run.steps['a']?.finished?.verdict ?? undefined);
  }
  expect(verdicts).toEqual(['fail', 'inconclusive', 'pass', 'pass']);
});

test('each attempt uses one up, and so does each sample of a watch', () => {
  const watch = rate.replace('}', '}, watch: {every: 10s, giveUpAfter: 1h}');
  const failures = [{ error: 'down' }, { error: 'down' }];
  const retried = play(`  - ${rate}`, { mocks: { a: [...failures, { value: 0 }, { value: 1 }] } });
  const watched = play(`  - ${watch}`, {
    mocks: { a: [{ value: 1 }, { value: 1 }, { value: 0 }] },
  });

  expect(retried.run.end?.verdict).toBe('pass');
  expect(retried.elapsedMs).toBe(3_000);
  expect(watched.run.end?.verdict).toBe('pass');
  expect(watched.elapsedMs).toBe(20_000);
});

test('the result is the mock as it is, and what it leaves out is left out', () => {
  const list =
    '{id: l, title: L, uses: deploys.list, fail: has(result.suspect), outputs: {b: result.suspect.build}}';
  const { run } = play(`  - ${list}`, { mocks: { l: { suspect: { build: '7', before: '6m' } } } });
  expect(run.steps['l']?.finished).toMatchObject({ verdict: 'fail', outputs: { b: '7' } });

  expect(play(`  - ${list}`, { mocks: { l: {} } }).run.end?.verdict).toBe('pass');
});

describe('a mocked step of foreach', () => {
  const each = `  - id: all
    title: All
    uses: parallel
    foreach: {host: inputs.hosts}
    steps: [{id: http, uses: check.http, with: {url: 'https://\${{ host }}/'}, retry: {attempts: 2, backoff: 1s}}]
  - {id: go, title: Go, uses: manual, with: {instructions: x}}`;
  const hosts =
    'inputs:\n  hosts: {type: array, items: {type: string}, default: [a.example, b.example]}';
  const ok = { status: 200, duration: '1ms' };

  test('is mocked for every item by its own name, or for one', () => {
    const mocks = { 'all.http': ok, 'all[b.example].http': { ...ok, status: 500 } };
    const { failures } = play(
      each,
      {
        mocks,
        expect: {
          verdicts: {
            all: 'fail',
            'all[a.example].http': 'pass',
            'all[b.example].http': 'fail',
            'all.http': 'fail',
          },
        },
      },
      hosts,
    );
    expect(failures).toEqual([]);
  });

  test('counts the attempts of each item for itself', () => {
    const { run } = play(each, { mocks: { 'all.http': [{ error: 'down' }, ok] } }, hosts);
    expect(run.steps['all']?.finished?.verdict).toBe('pass');
  });

  test('without a mock fails the case, and says which item', () => {
    const { failures } = play(each, { mocks: { 'all[a.example].http': ok } }, hosts);
    expect(failures).toMatchObject([
      { at: ['mocks'], message: 'all[b.example].http was reached and has no mock' },
    ]);
  });
});

describe('a target that can not be reached', () => {
  const tcp = '  - {id: t, title: T, uses: check.tcp, with: {host: h, port: 1}, pass: "true"}';

  test.each([
    [{ error: 'EMFILE' }, 'inconclusive', 3_000],
    [{ error: 'ECONNREFUSED', connected: false }, 'fail', 0],
    [{ connected: true, duration: '1ms' }, 'pass', 0],
  ] as const)('%j is %s, whatever the step says', (mock, verdict, elapsedMs) => {
    const played = play(tcp, { mocks: { t: mock } });
    expect(played.run.end?.verdict).toBe(verdict);
    expect(played.elapsedMs).toBe(elapsedMs);
  });

  test('is no certificate that is not trusted: that was measured', () => {
    const tls = tcp.replace('check.tcp, with: {host: h, port: 1}', 'check.tls, with: {host: h}');
    const mock = { authorized: false, daysLeft: -1, error: 'CERT_HAS_EXPIRED' };
    expect(play(tls, { mocks: { t: mock } }).run.end?.verdict).toBe('pass');
  });
});

function callsOf(inputs: string): string {
  return `  - {id: smoke, title: S, uses: runbook, with: {id: child, inputs: ${inputs}}, outputs: {order: result.outputs.order.id}}
  - {id: go, title: Go, uses: manual, with: {instructions: x}, next: {done: smoke}}`;
}

describe('a call of a runbook', () => {
  const child = documentOf(
    runbookOf(
      `  - {id: order, title: O, uses: check.http, with: {url: 'https://x.example'}, outputs: {id: result.status}}
  - {id: look, title: L, uses: manual, with: {instructions: x}, if: steps.order.verdict != "pass"}
  - {id: deep, title: D, uses: runbook, with: {id: grandchild}}`,
      'id: child\ninputs:\n  size: {type: integer, default: 1}',
    ),
  );
  const grandchild = documentOf(
    runbookOf(
      '  - {id: last, title: L, uses: check.tcp, with: {host: h, port: 1}}',
      'id: grandchild',
    ),
  );
  const called = { child, grandchild };
  const playCall = (one: RehearsalCase, inputs = '{size: 2}') =>
    rehearse({ runbook: runbookOf(callsOf(inputs)), settings, called }, one);

  test('is mocked with a verdict and with outputs, call by call', () => {
    const smoke = [
      { verdict: 'fail', outputs: { order: { id: 7 } } },
      { verdict: 'pass', outputs: { order: { id: 8 }, look: { at: 'x' } } },
      { verdict: 'fail' },
    ];
    const first = playCall({ mocks: { smoke } });
    expect(first.run.steps['smoke']?.finished).toMatchObject({
      verdict: 'fail',
      outputs: { order: 7 },
    });
    const people = [{ step: 'go', user: 'ana', done: true }] as const;
    expect(playCall({ mocks: { smoke }, people }).run.steps['smoke']?.finished).toMatchObject({
      verdict: 'pass',
      result: { outputs: { order: { id: 8 }, look: { at: 'x' } } },
    });
  });

  test('that is mocked as failed is one that did not succeed', () => {
    const { run } = playCall({ mocks: { smoke: { error: 'no' } } });
    expect(run.steps['smoke']?.finished).toMatchObject({
      status: 'failed',
      verdict: 'inconclusive',
      finding: 'The runbook child stopped',
    });
  });

  test('is still checked for the inputs that it gives', () => {
    const { run } = playCall({ mocks: { smoke: { verdict: 'pass' } } }, '{sice: 2}');
    expect(run.steps['smoke']?.finished).toMatchObject({
      verdict: 'inconclusive',
      finding: 'sice: there is no such input',
    });
  });

  test('without a mock is played, its steps and people under its own', () => {
    const mocks = {
      'smoke.order': { status: 500, duration: '1ms' },
      'smoke.deep.last': { connected: true },
    };
    expect(playCall({ mocks, expect: { waitingOn: 'smoke.look' } }).failures).toEqual([]);
    expect(playCall({ mocks, expect: { waitingOn: 'smoke' } }).failures).toEqual([]);
    const people = [{ step: 'smoke.look', user: 'ana', done: true }] as const;
    const verdicts = { smoke: 'fail', 'smoke.order': 'fail', 'smoke.deep.last': 'pass' } as const;
    const { failures } = playCall({ mocks, people, expect: { waitingOn: 'go', verdicts } });
    expect(failures).toEqual([]);
  });

  test('can be mocked within a call that is played', () => {
    const mocks = {
      'smoke.order': { status: 200, duration: '1ms' },
      'smoke.deep': { verdict: 'fail' },
    };
    const verdicts = { smoke: 'fail', 'smoke.order': 'pass' } as const;
    expect(playCall({ mocks, expect: { verdicts } }).failures).toEqual([]);
  });

  test('that reaches a read without a mock fails the case, and says where', () => {
    const { failures } = playCall({});
    expect(failures).toMatchObject([{ message: 'smoke.order was reached and has no mock' }]);
  });

  test('that is mocked within a played one, as failed, is inconclusive there', () => {
    const mocks = {
      'smoke.order': { status: 200, duration: '1ms' },
      'smoke.deep': { error: 'no' },
    };
    const verdicts = { 'smoke.deep': 'inconclusive', smoke: 'inconclusive' } as const;
    expect(playCall({ mocks, expect: { verdicts } }).failures).toEqual([]);
  });

  test('is let finish what it is at before somebody skips it', () => {
    const mocks = { 'smoke.order': { status: 500, duration: '1ms' } };
    const people = [{ step: 'smoke', user: 'ana', skip: true, reason: 'known' }] as const;
    const { failures } = playCall({
      mocks,
      people,
      expect: { waitingOn: 'go', verdicts: { 'smoke.order': 'fail' } },
    });
    expect(failures).toEqual([]);
  });

  test('of a runbook that is not there is mocked like any other', () => {
    const runbook = runbookOf(
      '  - {id: smoke, title: S, uses: runbook, with: {id: nowhere, inputs: {x: 1}}}',
      'inputs:\n  size: {type: integer}',
    );
    const one = { inputs: { size: 1 }, mocks: { smoke: { verdict: 'pass' } } };
    expect(rehearse({ runbook, settings }, one).run.end?.verdict).toBe('pass');
  });

  test('of a runbook by itself is refused, whatever is mocked below it', () => {
    const circle = runbookOf(
      `  - ${rate}\n  - {id: again, title: A, uses: runbook, with: {id: circle}}`,
      'id: circle',
    );
    const { run } = rehearse(
      { runbook: circle, settings, called: { circle: documentOf(circle) } },
      { mocks: { a: { value: 0 }, 'again.a': { value: 0 } } },
    );
    expect(run.steps['again']?.finished?.finding).toBe('The runbook circle would call itself.');
  });
});
