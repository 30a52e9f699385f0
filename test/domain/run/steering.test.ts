import { describe, expect, test } from 'vitest';

import type { RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { by, byBot, clock, give, theRun } from '#test/support/give.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

const rate = 'uses: check.metric, with: {query: up}, pass: "< 3%"';
const steps = `  - {id: a, title: A, ${rate}}
  - {id: first, title: First, uses: manual, with: {instructions: Go}}
  - {id: rollback, title: Roll back, uses: deploys.rollback}
  - {id: b, title: B, repeat: a}
  - {id: last, title: Last, uses: manual, with: {instructions: Go}}`;
const plan = { from: '2', to: '1' };
const mocks = { a: { value: 1 }, b: { value: 0 }, rollback: { status: 'succeeded', plan } };

function play(one: RehearsalCase, given = steps) {
  return rehearse({ runbook: runbookOf(given), settings }, { mocks, ...one });
}

const atFirst = play({}).stream;
const atApproval = play({ people: [{ step: 'first', user: 'ana', done: true }] }).stream;
const write = { step: 'rollback', visit: 1 };
const request = theRun(atApproval).steps['rollback']?.write;
const hash = request?.phase === 'approving' ? request.plan.hash : '';
const acting = give(
  atApproval,
  { ...by('ben'), ...write, type: 'Approve', hash, groups: ['payments-oncall'] },
  { ...byBot(), ...write, type: 'BeginWrite', attempt: 1, sendBy: clock(1) },
).stream;

describe('skipping', () => {
  test('ends the step with its reason, and the following one comes', () => {
    const { failures, run } = play({
      people: [{ step: 'first', user: 'ana', skip: true, reason: 'known' }],
      expect: { waitingOn: 'rollback', path: ['a', 'first', 'rollback'] },
    });
    expect(failures).toEqual([]);
    expect(run.steps['first']?.finished).toMatchObject({ status: 'skipped', reason: 'known' });
  });

  test('a step that asks goes on with the following one, and says why in the record', () => {
    const { failures, events } = play({
      mocks: { ...mocks, rollback: { lost: true, plan } },
      people: [
        { step: 'first', user: 'ana', done: true },
        { step: 'rollback', user: 'ben', approve: true },
        { step: 'rollback', user: 'ana', skip: true, reason: 'it runs again' },
      ],
      expect: { waitingOn: 'last', verdicts: { b: 'pass' } },
    });
    expect(failures).toEqual([]);
    const moves = events.filter((event) => event.type === 'PositionSet' && event.moved);
    expect(moves).toMatchObject([{ actor: { id: 'ana' }, texts: { reason: 'it runs again' } }]);
  });

  test('a write that waits for its approval sends nothing', () => {
    const { failures } = play({
      people: [
        { step: 'first', user: 'ana', done: true },
        { step: 'rollback', user: 'ana', skip: true, reason: 'x' },
      ],
      expect: { waitingOn: 'last', writes: [] },
    });
    expect(failures).toEqual([]);
  });

  test('a check leaves the run without data about it', () => {
    const { run } = play(
      { people: [{ step: 'a', user: 'ana', skip: true, reason: 'x' }] },
      `  - {id: a, title: A, ${rate}, watch: {giveUpAfter: 1h}}`,
    );
    expect(run.end).toMatchObject({ status: 'succeeded', verdict: 'inconclusive' });
  });
});

test('skipping and stopping need a reason that says something', () => {
  const skip = { ...by('ana'), step: 'first', visit: 1, type: 'Skip' } as const;
  const stop = { ...by('ana'), type: 'Stop' } as const;
  for (const reason of ['', ' \n\t']) {
    expect(give(atFirst, { ...skip, reason }).refused).toBe('run.reason-needed');
    expect(give(atFirst, { ...stop, reason }).refused).toBe('run.reason-needed');
  }
});

describe('running a check again from the side', () => {
  test('leaves the run where it is', () => {
    const { failures, run } = play({
      mocks: { a: [{ value: 1 }, { value: 0 }] },
      people: [{ step: 'a', user: 'ana', rerun: true }],
      expect: { waitingOn: 'first', path: ['a', 'first', 'a'], verdicts: { a: 'pass' } },
    });
    expect(failures).toEqual([]);
    expect(run.mover.kind).toBe('alert');
  });

  test('is refused while it runs, and for what is no check', () => {
    const again = { ...by('ana'), type: 'Rerun' } as const;
    const twice = give(atFirst, { ...again, step: 'a' }, { ...again, step: 'a' });
    expect(twice.refused).toBe('run.is-running');
    expect(give(atFirst, { ...again, step: 'first' }).refused).toBe('run.not-a-check');
    expect(give(atFirst, { ...again, step: 'nowhere' }).refused).toBe('run.unknown-step');
  });
});

describe('going to a step', () => {
  test('cancels what is active there, and makes whoever goes the requester', () => {
    const { failures, run } = play({
      people: [
        { step: 'first', user: 'ana', goto: 'rollback' },
        { step: 'rollback', user: 'ana', approve: true, expect: 'refused' },
        { step: 'rollback', user: 'ben', approve: true },
      ],
      expect: { waitingOn: 'last', writes: ['rollback'] },
    });
    expect(failures).toEqual([]);
    expect(run.steps['first']?.finished?.status).toBe('cancelled');
  });

  const reads = `  - {id: start, title: Start, uses: manual, with: {instructions: Go}, next: {done: end}}
  - {id: a, title: A, ${rate}, outputs: {x: string(result.value)}, next: {pass: form}}
  - {id: b, title: B, uses: check.metric, with: {query: '\${{ steps.a.outputs.x }}'}, pass: "< 3%", next: {pass: form}}
  - {id: form, title: Form, uses: form, with: {question: Q, fields: {n: {type: integer}}}, next: {done: c}}
  - {id: c, title: C, uses: notify, with: {to: '#x', text: '\${{ steps.b.verdict }}'}}
  - {id: d, title: D, uses: notify, with: {to: '#x', text: '\${{ steps.form.result.values.n }} \${{ steps.a.verdict }}'}}`;
  const lenient = { a: { value: 0 }, b: { value: 0 } };

  test('first runs the checks it reads, and those that they read, one after the other', () => {
    const { failures, events } = play(
      {
        mocks: lenient,
        people: [{ step: 'start', user: 'ana', goto: 'c' }],
        expect: { path: ['start', 'a', 'b', 'c', 'd'], status: 'succeeded' },
      },
      reads,
    );
    expect(failures).toEqual([]);
    expect(events.find((event) => event.type === 'Told')).toMatchObject({ text: 'pass' });
  });

  test('asks for what a check can not tell', () => {
    const { failures, run } = play(
      {
        mocks: lenient,
        people: [{ step: 'start', user: 'ana', goto: 'd' }],
        expect: { waitingOn: 'd', path: ['start', 'a'] },
      },
      reads,
    );
    expect(failures).toEqual([]);
    expect(run.position).toMatchObject({ reason: 'It needs the result of: Form. Go there first.' });
  });
});

describe('while a write is under way', () => {
  const common = by('ana', clock(0, 30));
  test.each([
    [{ ...common, type: 'GoTo', step: 'last', reason: null }],
    [{ ...common, type: 'Stop', reason: 'x' }],
    [{ ...common, ...write, type: 'Skip', reason: 'x' }],
    [{ ...common, ...write, type: 'ByHand', note: null }],
  ] as const)('$type is refused until its outcome is known', (command) => {
    expect(give(acting, command).refused).toBe('run.write-under-way');
    const known = give(acting, {
      ...byBot(clock(0, 20)),
      ...write,
      type: 'ReportWrite',
      key: 'run/rollback/1',
      outcome: 'unknown',
      message: 'm',
      result: {},
    });
    const after = give(known.stream, command);
    expect(after.refused).toBeNull();
  });

  test('an incident can be resolved, and the run stays to record what came of it', () => {
    const { at, actor } = common;
    const { stream } = give(acting, { at, actor, type: 'Resolve', cause: 'c', followUps: [] });
    expect(stream.incident?.status).toBe('resolved');
    expect(theRun(stream).end).toBeNull();
    const waiting = give(atFirst, { at, actor, type: 'Resolve', cause: 'c', followUps: [] });
    expect(theRun(waiting.stream).end?.status).toBe('stopped');
  });
});

describe('doing a write by hand', () => {
  const byHand = { ...by('ana'), ...write, type: 'ByHand', note: 'from the bastion' } as const;

  test('counts as done, makes earlier evidence old, and needs no approval', () => {
    const { stream, refused } = give(atApproval, byHand);
    const run = theRun(stream);
    expect(refused).toBeNull();
    expect(run.steps['rollback']?.finished).toMatchObject({
      status: 'succeeded',
      byHand: true,
      reason: 'from the bastion',
    });
    expect(run.lastWriteAt).toBe(clock(0));
    expect(run.position).toMatchObject({ steps: ['b'] });
  });

  test('is possible after the write itself has failed', () => {
    const { stream } = play({
      mocks: { ...mocks, rollback: { error: 'down', plan } },
      people: [
        { step: 'first', user: 'ana', done: true },
        { step: 'rollback', user: 'ben', approve: true },
      ],
    });
    const done = give(stream, { ...byHand, visit: 1 });
    expect(done.refused).toBeNull();
    expect(theRun(done.stream).steps['rollback']).toMatchObject({
      visit: 2,
      finished: { byHand: true },
    });
  });

  test('is refused for a step that writes nothing', () => {
    expect(give(atFirst, { ...byHand, step: 'first' }).refused).toBe('run.not-a-write');
  });
});

describe('a run that asks', () => {
  const asks = play({
    mocks: { ...mocks, rollback: { error: 'down', plan } },
    people: [
      { step: 'first', user: 'ana', done: true },
      { step: 'rollback', user: 'ben', approve: true },
    ],
  }).stream;

  test('tries the step again with a new plan, a new approval and a new key', () => {
    const { stream, refused } = give(asks, { ...by('cat'), type: 'Retry', step: 'rollback' });
    expect(refused).toBeNull();
    expect(theRun(stream)).toMatchObject({
      mover: { id: 'cat' },
      steps: { rollback: { visit: 2, write: { phase: 'planning' } } },
    });
  });

  test('is failed when it is stopped there, and stopped anywhere else', () => {
    const stop = { ...by('ana'), type: 'Stop', reason: 'enough' } as const;
    expect(theRun(give(asks, stop).stream).end).toMatchObject({
      status: 'failed',
      reason: 'enough',
    });
    expect(theRun(give(atFirst, stop).stream).end?.status).toBe('stopped');
  });

  test('nothing but a question can be tried again', () => {
    const retry = { ...by('cat'), type: 'Retry', step: 'first' } as const;
    expect(give(atFirst, retry).refused).toBe('run.moved-on');
  });
});

test('a runbook that goes round without waiting stops and asks, and does not hang', () => {
  const runbook = runbookOf(`${tell('a', 'b')}\n${tell('b', 'end')}`);
  const [a, b] = runbook.steps;
  if (a === undefined || b === undefined) throw new Error('no steps');
  const circle = { ...runbook, steps: [a, { ...b, next: { succeeded: 'a' } }] };
  const { run } = rehearse({ runbook: circle, settings }, {});
  expect(run.position).toMatchObject({ kind: 'ask', reason: expect.stringContaining('circle') });
});

function tell(id: string, next: string): string {
  return `  - {id: ${id}, title: T, uses: notify, with: {to: '#x', text: Hi}, next: {succeeded: ${next}}}`;
}
