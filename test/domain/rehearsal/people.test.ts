import { describe, expect, test } from 'vitest';

import type { Act, RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

const steps = `  - {id: look, title: L, uses: check.metric, with: {query: up}, pass: '< 3%', next: {inconclusive: ask}}
  - {id: pick, title: P, uses: choose, with: {question: Q, options: {one: {label: One, next: form}, two: {label: Two, next: end}}}, timeout: 30m}
  - {id: form, title: F, uses: form, with: {question: Q, fields: {n: {type: integer}, s: {type: string}}}}
  - {id: hand, title: H, uses: manual, with: {instructions: x}}
  - {id: back, title: B, uses: deploys.rollback, fallback: Do it}
  - {id: solve, title: S, uses: incident.resolve, with: {cause: x}}`;
const mocks = { look: { value: 0 }, back: { status: 'succeeded', plan: { from: '2', to: '1' } } };

function play(people: readonly Act[], one: RehearsalCase = {}) {
  return rehearse({ runbook: runbookOf(steps), settings }, { mocks, ...one, people });
}

const by = (user: string, step: string, verb: Partial<Act>): Act => ({ step, user, ...verb });
const toBack = [
  by('ana', 'pick', { choose: 'one' }),
  by('ana', 'form', { answer: { n: 1, s: 'x' } }),
  by('ana', 'hand', { done: true }),
];

describe('each verb', () => {
  test('choose, answer, done, approve and confirm lead to the end', () => {
    const { failures, stream } = play(
      [
        ...toBack,
        by('ben', 'back', { approve: true }),
        by('ana', 'solve', { confirm: true, reason: 'It was the URL' }),
      ],
      { expect: { status: 'succeeded', writes: ['back'] } },
    );
    expect(failures).toEqual([]);
    expect(stream.incident).toMatchObject({ status: 'resolved', cause: 'It was the URL' });
  });

  test('reject leads to a question, and goto back to the step', () => {
    const { failures } = play(
      [
        ...toBack,
        by('ben', 'back', { reject: true, reason: 'no' }),
        by('ana', 'back', { goto: 'back' }),
        by('ben', 'back', { approve: true }),
      ],
      { expect: { waitingOn: 'solve', writes: ['back'] } },
    );
    expect(failures).toEqual([]);
  });

  test('done of a write is its fallback, while it waits and when it asks', () => {
    for (const first of [[], [by('ben', 'back', { reject: true })]]) {
      const { failures, run } = play([...toBack, ...first, by('ana', 'back', { done: true })], {
        expect: { waitingOn: 'solve', writes: [] },
      });
      expect(failures).toEqual([]);
      expect(run.steps['back']?.finished).toMatchObject({ outcome: 'succeeded', byHand: true });
    }
  });

  test('confirm: false keeps the incident open', () => {
    const { failures, stream } = play(
      [...toBack, by('ana', 'back', { skip: true }), by('ana', 'solve', { confirm: false })],
      { expect: { waitingOn: 'solve', writes: [] } },
    );
    expect(failures).toEqual([]);
    expect(stream.incident?.status).toBe('open');
  });

  test('breakGlass writes without an approval', () => {
    const { failures } = play(
      [...toBack, by('eve', 'back', { breakGlass: true, reason: 'fire' })],
      {
        expect: { writes: ['back'] },
      },
    );
    expect(failures).toEqual([]);
  });

  test('rerun runs a check from the side, and tries again where the run asks', () => {
    const lookAgain = { ...mocks, look: [{ value: null }, { value: 0 }] };
    const asked = play([by('ana', 'look', { rerun: true })], {
      mocks: lookAgain,
      expect: { waitingOn: 'pick', path: ['look', 'look', 'pick'], verdicts: { look: 'pass' } },
    });
    const aside = play([by('ana', 'look', { rerun: true })], {
      expect: { waitingOn: 'pick', path: ['look', 'pick', 'look'] },
    });
    expect([...asked.failures, ...aside.failures]).toEqual([]);
  });

  test('stop ends the run as stopped, and as failed where it asked', () => {
    const stopped = play([by('ana', 'pick', { stop: true })], { expect: { status: 'stopped' } });
    const failed = play([by('ana', 'look', { stop: true })], {
      mocks: { look: { value: null } },
      expect: { status: 'failed' },
    });
    expect([...stopped.failures, ...failed.failures]).toEqual([]);
  });
});

describe('an act', () => {
  test('is done in its turn, as soon as it can be', () => {
    const { elapsedMs } = play(toBack);
    expect(elapsedMs).toBe(0);
  });

  test('waits for `after`, counted from when it could be done', () => {
    const acts = [
      by('ana', 'pick', { choose: 'one', after: '10m' }),
      by('ana', 'form', { answer: { n: 1, s: 'x' }, after: '5m' }),
    ];
    expect(play(acts).elapsedMs).toBe(15 * 60_000);
  });

  test('that comes too late is not done, and the case says where the run was', () => {
    const { failures } = play([by('ana', 'pick', { choose: 'two', after: '31m' })]);
    expect(failures).toMatchObject([
      {
        at: ['people', 0],
        message: 'ana: choose two at pick: could not be done',
        actual: 'waiting on pick',
      },
    ]);
  });

  test('that never can be done fails the case, and only the first of several is blamed', () => {
    const { failures } = play([
      by('ana', 'hand', { done: true }),
      by('ana', 'pick', { choose: 'one' }),
    ]);
    expect(failures).toMatchObject([{ at: ['people', 0], actual: 'waiting on pick' }]);
    expect(failures).toHaveLength(1);
  });

  test('that is refused fails the case, with the reason', () => {
    const { failures } = play([...toBack, by('ana', 'back', { approve: true })]);
    expect(failures).toMatchObject([
      {
        at: ['people', 3],
        expected: 'accepted',
        actual: expect.stringMatching(/^refused: You asked for this/),
      },
    ]);
  });

  test('that must be refused and is not fails the case, and nothing after it is blamed', () => {
    const acts = [...toBack, by('ben', 'back', { approve: true, expect: 'refused' })];
    const { failures } = play(acts, { expect: { status: 'stopped' } });
    expect(failures).toMatchObject([
      { at: ['people', 3, 'expect'], expected: 'refused', actual: 'accepted' },
    ]);
    expect(failures).toHaveLength(1);
  });
});

describe('users', () => {
  test('belong to every group', () => {
    const { failures } = play([...toBack, by('zoe', 'back', { approve: true })]);
    expect(failures).toEqual([]);
  });

  test.each(['ben', 'constructor'])(
    '%s belongs to those that the case says, and to no other',
    (user) => {
      const acts = [...toBack, by(user, 'back', { approve: true, expect: 'refused' })];
      expect(play(acts, { users: { [user]: ['payments'] } }).failures).toEqual([]);
      const member = [...toBack, by(user, 'back', { approve: true })];
      expect(play(member, { users: { [user]: ['payments-oncall'] } }).failures).toEqual([]);
    },
  );
});

test('a user with the name of something of JavaScript is like any other', () => {
  const acts = [...toBack, by('constructor', 'back', { approve: true })];
  expect(play(acts, { users: { ben: [] } }).failures).toEqual([]);
});

test('a case stops when only a person could act, however long nobody does', () => {
  const { failures, elapsedMs } = play(toBack, { expect: { waitingOn: 'back' } });
  expect(failures).toEqual([]);
  expect(elapsedMs).toBe(0);
});

test('time goes on while a step has a timeout', () => {
  const { failures } = play([], {
    expect: { waitingOn: 'pick', elapsed: { atLeast: '30m', lessThan: '31m' } },
  });
  expect(failures).toEqual([]);
});

test('a runbook that goes round without any time going by is stopped', () => {
  const round = `  - {id: a, title: A, uses: check.metric, with: {query: up}, pass: '< 3%', next: {pass: b}}
  - {id: b, title: B, repeat: a, next: {pass: a}}`;
  const { failures } = rehearse(
    { runbook: runbookOf(round), settings },
    { mocks: { a: { value: 0 }, b: { value: 0 } } },
  );
  expect(failures).toMatchObject([{ message: 'the runbook does not come to an end' }]);
});
