import { expect, test } from 'vitest';

import type { RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { by, byBot, clock, give, theRun } from '#test/support/give.ts';
import { documentOf, runbookOf, settings } from '#test/support/runbooks.ts';

const rate = 'uses: check.metric, with: {query: up}, pass: "< 3%"';
const caller = runbookOf(`  - {id: smoke, title: Smoke, uses: runbook, with: {id: child}}
  - {id: rollback, title: Roll back, uses: deploys.rollback}`);
const plan = { from: '2', to: '1' };

function play(steps: string, one: RehearsalCase, runbook: Runbook = caller) {
  const child = documentOf(runbookOf(steps, 'id: child'));
  return rehearse({ runbook, settings, called: { child } }, one);
}

test('a called runbook hands its verdict and the outputs of its steps to its caller', () => {
  const { failures, run } = play(`  - {id: a, title: A, ${rate}, outputs: {x: result.value}}`, {
    mocks: { 'smoke.a': { value: 0 }, rollback: { plan } },
    expect: { waitingOn: 'rollback', verdicts: { smoke: 'pass' } },
  });
  expect(failures).toEqual([]);
  expect(run.steps['smoke']?.finished?.result).toEqual({
    verdict: 'pass',
    outputs: { a: { x: 0 } },
  });
});

test('a called run that did not succeed is inconclusive, whatever its checks said', () => {
  const manual = '{id: m, title: M, uses: manual, with: {instructions: Go}}';
  const { failures } = play(`  - {id: a, title: A, ${rate}}\n  - ${manual}`, {
    mocks: { 'smoke.a': { value: 0 } },
    people: [{ step: 'smoke.m', user: 'ana', stop: true }],
    expect: { waitingOn: 'smoke', verdicts: { smoke: 'inconclusive' } },
  });
  expect(failures).toEqual([]);
});

test('a mocked call is not made', () => {
  const runbook = runbookOf(
    '  - {id: smoke, title: S, uses: runbook, with: {id: child, inputs: {x: 1}}}',
  );
  const { failures, run } = rehearse(
    { runbook, settings },
    { mocks: { smoke: { verdict: 'fail' } }, expect: { verdicts: { smoke: 'fail' } } },
  );
  expect(failures).toEqual([]);
  expect(run.end?.verdict).toBe('fail');
});

test('a runbook that is not there, or that is given what it does not take, is no data', () => {
  const missing = runbookOf('  - {id: smoke, title: S, uses: runbook, with: {id: nowhere}}');
  const wrong = runbookOf(
    '  - {id: smoke, title: S, uses: runbook, with: {id: child, inputs: {x: 1}}}',
  );
  for (const runbook of [missing, wrong]) {
    const { failures } = play(
      `  - {id: a, title: A, ${rate}}`,
      { expect: { verdicts: { smoke: 'inconclusive' } } },
      runbook,
    );
    expect(failures).toEqual([]);
  }
});

test('a runbook that calls itself, directly or by way of another, is no data and does not hang', () => {
  const { failures } = play(`  - {id: back, title: Back, uses: runbook, with: {id: rehearsed}}`, {
    mocks: { rollback: { plan } },
    expect: { verdicts: { smoke: 'inconclusive' } },
  });
  expect(failures).toEqual([]);
});

test('a caller that calls an empty errand over and over stops and asks', () => {
  const [step] = caller.steps;
  if (step === undefined) throw new Error('no step');
  const circle = { ...caller, steps: [{ ...step, next: { inconclusive: 'smoke' } }] };
  const { run } = play(
    "  - {id: t, title: T, uses: notify, with: {to: '#x', text: Hi}}",
    {},
    circle,
  );
  expect(run.position.kind).toBe('ask');
});

test('whoever moved the called run to its end is the requester of what follows in the caller', () => {
  const { failures } = play('  - {id: m, title: M, uses: manual, with: {instructions: Go}}', {
    mocks: { rollback: { plan, status: 'succeeded' } },
    people: [
      { step: 'smoke.m', user: 'ana', done: true },
      { step: 'smoke', user: 'ana', goto: 'rollback' },
      { step: 'rollback', user: 'ana', approve: true, expect: 'refused' },
    ],
    expect: { waitingOn: 'rollback' },
  });
  expect(failures).toEqual([]);
});

test('an act in the called run makes its author the requester, without going anywhere', () => {
  const steps = `  - {id: m, title: M, uses: manual, with: {instructions: Go}}
  - {id: a, title: A, ${rate}}`;
  const { failures } = play(steps, {
    mocks: { 'smoke.a': { value: 0 }, rollback: { plan, status: 'succeeded' } },
    people: [
      { step: 'smoke.m', user: 'ana', done: true },
      { step: 'rollback', user: 'ana', approve: true, expect: 'refused' },
      { step: 'rollback', user: 'ben', approve: true },
    ],
    expect: { status: 'succeeded', writes: ['rollback'] },
  });
  expect(failures).toEqual([]);
});

const writes = '  - {id: back, title: Back, uses: deploys.rollback}';

test('a dry run ends at the plan of a called runbook, too', () => {
  const { failures } = play(writes, {
    mode: 'dryRun',
    mocks: { 'smoke.back': { plan } },
    expect: { status: 'succeeded', path: ['smoke'], writes: [] },
  });
  expect(failures).toEqual([]);
});

test('a stop of the caller stops the called run', () => {
  const { stream } = play(writes, { mocks: { 'smoke.back': { plan } } });
  const stopped = give(stream, { ...by('ana'), type: 'Stop', reason: 'x' }).stream;
  expect(theRun(stopped).end?.status).toBe('stopped');
  expect(theRun(stopped, 'run.smoke.1').end?.status).toBe('stopped');
});

test('a write under way in the called run protects its caller', () => {
  const { stream } = play(writes, { mocks: { 'smoke.back': { plan } } });
  const child = theRun(stream, 'run.smoke.1');
  const write = child.steps['back']?.write;
  const hash = write?.phase === 'approving' ? write.plan.hash : '';
  const here = { run: child.id, step: 'back', visit: 1 };
  const groups = ['payments-oncall'];
  const acting = give(stream, { ...by('ben'), ...here, type: 'Approve', hash, groups }).stream;
  const at = clock(0, 5);
  const smoke = { step: 'smoke', visit: 1 };
  expect(give(acting, { ...by('ana', at), type: 'Stop', reason: 'x' }).refused).toBe(
    'run.write-under-way',
  );
  expect(give(acting, { ...by('ana', at), ...smoke, type: 'Skip', reason: 'x' }).refused).toBe(
    'run.write-under-way',
  );
  expect(give(acting, { ...byBot(at), ...smoke, type: 'TimeOut' }).refused).toBe('run.moved-on');
});

test('a called run that takes longer than its step allows is stopped, and is no data', () => {
  const slow = runbookOf(
    '  - {id: smoke, title: Smoke, uses: runbook, with: {id: child}, timeout: 5m}',
  );
  const { failures, stream, elapsedMs } = play(
    '  - {id: m, title: M, uses: manual, with: {instructions: Go}}',
    { expect: { status: 'succeeded', verdicts: { smoke: 'inconclusive' } } },
    slow,
  );
  expect(failures).toEqual([]);
  expect(elapsedMs).toBe(300_000);
  expect(theRun(stream, 'run.smoke.1').end?.status).toBe('stopped');
});

test('a write of the called run makes the evidence of its caller old', () => {
  const { run } = play(writes, {
    mocks: { 'smoke.back': { plan, status: 'succeeded' }, rollback: { plan } },
    people: [{ step: 'smoke.back', user: 'ben', approve: true }],
  });
  expect(run.lastWriteAt).not.toBeNull();
});
