import { describe, expect, test } from 'vitest';

import type { RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { proofOf } from '#domain/run/proof.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

const rate = "uses: check.metric, with: {query: up}, pass: '< 3%'";
const two = `  - {id: a, title: A, ${rate}}
  - {id: b, title: B, ${rate}}`;

function proven(steps: string, one: RehearsalCase) {
  return proofOf(rehearse({ runbook: runbookOf(steps), settings }, one).run);
}

describe('a run that has ended', () => {
  test('proves its runbook when every check answered, a problem being an answer', () => {
    expect(proven(two, { mocks: { a: { value: 1 }, b: { value: 0 } } })).toMatchObject({
      how: 'live',
      silent: [],
      proves: true,
    });
  });

  test('names each check that had no data, also beside a problem', () => {
    expect(proven(two, { mocks: { a: { value: null }, b: { value: 1 } } })).toMatchObject({
      silent: [{ title: 'A' }],
      proves: false,
    });
  });

  test('names the silent child of a group in which another one found a problem', () => {
    const group = `  - id: group
    title: Group
    uses: parallel
    steps:
      - {id: one, ${rate}}
      - {id: two, ${rate}}
      - {id: left, ${rate}, if: 'false'}`;
    const mocks = { 'group.one': { value: 1 }, 'group.two': { value: null } };
    expect(proven(group, { mocks })).toMatchObject({
      silent: [{ title: 'Group, group.two' }],
      proves: false,
    });
  });

  test('goes by the last visit of a check, a repeat being one', () => {
    const again = `${two}\n  - {id: c, title: C, repeat: a}`;
    const mocks = { a: { value: null }, b: { value: 0 }, c: { value: 0 } };
    expect(proven(again, { mocks })).toMatchObject({ silent: [], proves: true });
  });

  test('counts a check that its own condition left out for nothing, but not one that a person skipped', () => {
    const left = `${two}\n  - {id: c, title: C, ${rate}, if: 'false'}`;
    const mocks = { a: { value: 0 }, b: { value: 0 } };
    expect(proven(left, { mocks })?.proves).toBe(true);
    const watch = `  - {id: a, title: A, ${rate}, watch: {giveUpAfter: 1h}}`;
    const skipped = {
      mocks: { a: { value: 1 } },
      people: [{ step: 'a', user: 'ana', skip: true }],
    } as const;
    expect(proven(watch, skipped)?.proves).toBe(false);
  });

  test('proves nothing without a check, and when it was stopped', () => {
    const manual = '  - {id: m, title: M, uses: manual, with: {instructions: Go}}';
    expect(proven(manual, { people: [{ step: 'm', user: 'ana', done: true }] })?.proves).toBe(
      false,
    );
    const stopped = {
      mocks: { a: { value: 0 }, b: { value: 0 } },
      people: [{ step: 'm', user: 'ana', stop: true }],
    } as const;
    expect(proven(`${two}\n${manual}`, stopped)).toMatchObject({ silent: [], proves: false });
  });

  test('says nothing while it is open', () => {
    const manual = '  - {id: m, title: M, uses: manual, with: {instructions: Go}}';
    expect(proven(manual, {})).toBeNull();
  });
});
