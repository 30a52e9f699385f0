import { expect, test } from 'vitest';

import { coverageOf, seenIn } from '#domain/rehearsal/coverage.ts';
import type { RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

const runbook = runbookOf(
  `  - {id: a, title: A, uses: check.metric, with: {query: up}, pass: '< 3%', next: {pass: end, fail: pick}}
  - {id: pick, title: P, uses: choose, with: {question: Q, options: {one: {label: One, next: many}, two: {label: Two, next: a}}}}
  - id: many
    title: M
    uses: parallel
    steps:
      - {id: x, uses: check.tcp, with: {host: h, port: 1}}
      - {id: y, uses: check.tcp, with: {host: h, port: 2}, if: steps.x.verdict == "fail"}
  - {id: maybe, title: M, uses: manual, with: {instructions: x}, if: inputs.ask}
  - {id: tell, title: T, uses: notify, with: {to: '#x', text: Hi}, next: {failed: a, succeeded: ask}}`,
  'inputs:\n  ask: {type: boolean, default: false}',
);
const none = { steps: { covered: 0, total: 7 }, routes: { covered: 0, total: 6 } };

function coverage(...cases: readonly RehearsalCase[]) {
  const seen = cases.flatMap((one) => seenIn(rehearse({ runbook, settings }, one).events));
  const { missed, ...shares } = coverageOf(runbook, new Set(seen));
  return { ...shares, missed: missed.map(({ name }) => name) };
}

const bad = { a: { value: 1 }, 'many.x': { connected: true } };
const one = { step: 'pick', user: 'ana', choose: 'one' } as const;

test('without a case nothing is covered, and each thing is named', () => {
  expect(coverage()).toMatchObject({
    ...none,
    missed: [
      'a',
      'a: pass → end',
      'a: fail → pick',
      'pick',
      'pick: one → many',
      'pick: two → a',
      'many',
      'many.x',
      'many.y',
      'maybe',
      'maybe: skipped → tell',
      'tell',
      'tell: succeeded → ask',
    ],
  });
});

test('a step counts once it is entered, a nested one once it has measured, and one left out by its `if` not', () => {
  const { missed, steps, routes } = coverage({ mocks: bad, people: [one] });
  expect(steps).toEqual({ covered: 5, total: 7 });
  expect(routes).toEqual({ covered: 4, total: 6 });
  expect(missed).toEqual(['a: pass → end', 'pick: two → a', 'many.y', 'maybe']);
});

test('cases add up', () => {
  const two = { ...one, choose: 'two' };
  expect(
    coverage(
      { mocks: bad, people: [one] },
      { mocks: { a: [{ value: 1 }, { value: 0 }] }, people: [two] },
      {
        inputs: { ask: true },
        mocks: { ...bad, 'many.x': { connected: false }, 'many.y': {} },
        people: [one],
      },
    ).missed,
  ).toEqual([]);
});

test('where people steer is no route', () => {
  const people = [{ step: 'pick', user: 'ana', goto: 'many' }] as const;
  expect(coverage({ mocks: bad, people }).missed).toContain('pick: one → many');
});

test('a check from the side takes no route', () => {
  const people = [{ step: 'a', user: 'ana', rerun: true }] as const;
  const mocks = { ...bad, a: [{ value: 1 }, { value: 0 }] };
  expect(coverage({ mocks, people }).missed).toContain('a: pass → end');
});
