import { describe, expect, test } from 'vitest';

import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { requirementFor } from '#domain/run/approval.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

import { at, mocks, playApproval, rollback, succeeds, waits } from './play-approval.ts';

describe('a write that one other person must approve', () => {
  test('is done when that person approves', () => {
    const { failures } = playApproval([{ ...at, user: 'ben', approve: true }], succeeds);
    expect(failures).toEqual([]);
  });

  test('is not done by the requester alone', () => {
    const { failures } = playApproval(
      [{ ...at, user: 'ana', approve: true, expect: 'refused' }],
      waits,
    );
    expect(failures).toEqual([]);
  });

  test('is not done by somebody who is in no group of the policy', () => {
    const users = { cat: ['payments'], dan: [] };
    const people = [
      { ...at, user: 'cat', approve: true, expect: 'refused' },
      { ...at, user: 'dan', approve: true, expect: 'refused' },
    ] as const;
    expect(playApproval(people, { ...waits, users }).failures).toEqual([]);
  });

  test('tells the second of two who press at once who was first', () => {
    const { failures, run } = playApproval(
      [
        { ...at, user: 'ben', approve: true },
        { ...at, user: 'cat', approve: true, expect: 'refused' },
        { ...at, user: 'cat', reject: true, expect: 'refused' },
      ],
      succeeds,
    );
    expect(failures).toEqual([]);
    expect(run.steps['rollback']?.stamps).toMatchObject([{ what: 'Approved', by: { id: 'ben' } }]);
  });

  test('is rejected by one rejection, and asks what to do where no route says it', () => {
    const { failures, run } = playApproval(
      [{ ...at, user: 'ben', reject: true, reason: 'no' }],
      waits,
    );
    expect(failures).toEqual([]);
    expect(run.steps['rollback']?.finished).toMatchObject({ outcome: 'rejected', reason: 'no' });
  });

  test('follows its route when it was rejected', () => {
    const { failures } = playApproval(
      [{ ...at, user: 'ben', reject: true }],
      { expect: { status: 'succeeded', writes: [] } },
      ', next: {rejected: end}',
    );
    expect(failures).toEqual([]);
  });

  test('can be withdrawn by the requester', () => {
    const users = { ana: [] };
    const { failures, run } = playApproval([{ ...at, user: 'ana', reject: true }], {
      ...waits,
      users,
    });
    expect(failures).toEqual([]);
    expect(run.steps['rollback']?.finished?.finding).toBe('Withdrawn');
  });

  test('may be approved by anybody of the groups where an alert started the run and nobody moved it', () => {
    const runbook = runbookOf(rollback());
    const people = [{ ...at, user: 'ana', approve: true }] as const;
    const { failures } = rehearse({ runbook, settings }, { mocks, people, ...succeeds });
    expect(failures).toEqual([]);
  });
});

describe('a write that crosses migrations, where whoever asked gave no reason', () => {
  const migrations = ['db/migrations/7.sql'];
  const crossing = { rollback: { status: 'succeeded', plan: { from: '2', to: '1', migrations } } };

  test('is approved with one only', () => {
    const { failures, run } = playApproval(
      [
        { ...at, user: 'ben', approve: true, expect: 'refused' },
        { ...at, user: 'ben', approve: true, reason: 'It only adds a column' },
      ],
      { ...succeeds, mocks: crossing },
    );
    expect(failures).toEqual([]);
    expect(run.steps['rollback']?.stamps).toMatchObject([
      { what: 'Approved', reason: 'It only adds a column' },
    ]);
  });

  test('needs it from the first who approves, and not again', () => {
    const { failures } = playApproval(
      [
        { ...at, user: 'ben', approve: true, reason: 'It only adds a column' },
        { ...at, user: 'cat', approve: true },
      ],
      { ...succeeds, mocks: crossing },
      ', approval: {required: 2}',
    );
    expect(failures).toEqual([]);
  });
});

describe('a step that tightens the policy', () => {
  test('waits for as many different people as it asks for', () => {
    const { failures } = playApproval(
      [
        { ...at, user: 'ben', approve: true },
        { ...at, user: 'ben', approve: true, expect: 'refused' },
        { ...at, user: 'cat', approve: true },
      ],
      succeeds,
      ', approval: {required: 2}',
    );
    expect(failures).toEqual([]);
  });

  test('counts a person once, under whichever of their accounts', () => {
    const people = [
      { ...at, user: 'ana-2', approve: true, expect: 'refused' },
      { ...at, user: 'ben', approve: true },
      { ...at, user: 'ben-2', approve: true, expect: 'refused' },
    ] as const;
    const identities = { ana: ['ana', 'ana-2'], ben: ['ben', 'ben-2', 'ben-3'] };
    const more = ', approval: {required: 2}';

    expect(playApproval(people, waits, more, { identities }).failures).toEqual([]);
    const other = [...people, { ...at, user: 'cat', approve: true }] as const;
    expect(playApproval(other, succeeds, more, { identities }).failures).toEqual([]);
  });

  test('leaves out groups of the policy, and adds none', () => {
    const users = { ben: ['payments-oncall'], cat: ['incident-commanders'], dan: ['payments'] };
    const { failures } = playApproval(
      [
        { ...at, user: 'ben', approve: true, expect: 'refused' },
        { ...at, user: 'dan', approve: true, expect: 'refused' },
        { ...at, user: 'cat', approve: true },
      ],
      { ...succeeds, users },
      ', approval: {groups: [incident-commanders, payments]}',
    );
    expect(failures).toEqual([]);
  });

  test('can not ask for fewer people', () => {
    const [policy] = settings.approvals;
    if (policy === undefined) throw new Error('no policy');
    const two = { ...settings, approvals: [{ ...policy, required: 2 }] };
    const [step] = runbookOf(rollback(', approval: {required: 1}')).steps;
    if (step === undefined) throw new Error('no step');
    expect(
      requirementFor(two, { step, service: 'checkout', environment: 'production' }),
    ).toMatchObject({ required: 2 });
  });
});

describe('the place of a write decides its policy', () => {
  test('a step may ask somebody where the settings ask for nobody', () => {
    const { failures } = playApproval(
      [
        { ...at, user: 'dan', approve: true, expect: 'refused' },
        { ...at, user: 'cat', approve: true },
      ],
      {
        ...succeeds,
        inputs: { environment: 'staging' },
        users: { cat: ['incident-commanders'], dan: ['payments'] },
      },
      ', approval: {required: 1, groups: [incident-commanders]}',
    );
    expect(failures).toEqual([]);
  });

  test('nobody is asked where the settings ask for nobody', () => {
    const { failures } = playApproval([], { ...succeeds, inputs: { environment: 'staging' } });
    expect(failures).toEqual([]);
  });

  test('a write that no policy names is refused', () => {
    const { failures, run } = playApproval([], { ...waits, inputs: { environment: 'moon' } });
    expect(failures).toEqual([]);
    expect(run.steps['rollback']?.finished?.finding).toMatch(/No approval policy/);
  });

  test('a run on staging can not write to production under the policy of staging', () => {
    const { failures } = playApproval(
      [],
      { ...waits, inputs: { environment: 'staging' } },
      ', with: {environment: production}',
    );
    expect(failures).toEqual([]);
  });
});
