import { describe, expect, test } from 'vitest';

import type { Act, RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { requirementFor } from '#domain/run/approval.ts';
import type { RunCommand } from '#domain/run/commands.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Stream } from '#domain/stream/stream.ts';
import { by, byBot, clock, give, theRun } from '#test/support/give.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

const go = '  - {id: go, title: Go, uses: manual, with: {instructions: Go}}';
const rollback = (more = '') =>
  `  - {id: rollback, title: Roll back, uses: deploys.rollback${more}}`;
const mocks = { rollback: { status: 'succeeded', plan: { from: '2', to: '1' } } };
const production = { environment: 'production' };
const environments = 'inputs:\n  environment: {type: string, default: production}';

/** Ana asks for the rollback; then these people act. */
function play(
  people: readonly Act[],
  one: RehearsalCase = {},
  more = '',
  given: Partial<Settings> = {},
) {
  const runbook = runbookOf(`${go}\n${rollback(more)}`, environments);
  const ana = { step: 'go', user: 'ana', done: true } as const;
  return rehearse(
    { runbook, settings: { ...settings, ...given } },
    { inputs: production, mocks, ...one, people: [ana, ...people] },
  );
}

const at = { step: 'rollback' };
const succeeds = { expect: { status: 'succeeded', writes: ['rollback'] } } as const;
const waits = { expect: { waitingOn: 'rollback', writes: [] } } as const;

describe('a write that one other person must approve', () => {
  test('is done when that person approves', () => {
    const { failures } = play([{ ...at, user: 'ben', approve: true }], succeeds);
    expect(failures).toEqual([]);
  });

  test('is not done by the requester alone', () => {
    const { failures } = play([{ ...at, user: 'ana', approve: true, expect: 'refused' }], waits);
    expect(failures).toEqual([]);
  });

  test('is not done by somebody who is in no group of the policy', () => {
    const users = { cat: ['payments'], dan: [] };
    const people = [
      { ...at, user: 'cat', approve: true, expect: 'refused' },
      { ...at, user: 'dan', approve: true, expect: 'refused' },
    ] as const;
    expect(play(people, { ...waits, users }).failures).toEqual([]);
  });

  test('tells the second of two who press at once who was first', () => {
    const { failures, run } = play(
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
    const { failures, run } = play([{ ...at, user: 'ben', reject: true, reason: 'no' }], waits);
    expect(failures).toEqual([]);
    expect(run.steps['rollback']?.finished).toMatchObject({ outcome: 'rejected', reason: 'no' });
  });

  test('follows its route when it was rejected', () => {
    const { failures } = play(
      [{ ...at, user: 'ben', reject: true }],
      { expect: { status: 'succeeded', writes: [] } },
      ', next: {rejected: end}',
    );
    expect(failures).toEqual([]);
  });

  test('can be withdrawn by the requester', () => {
    const users = { ana: [] };
    const { failures, run } = play([{ ...at, user: 'ana', reject: true }], { ...waits, users });
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
    const { failures, run } = play(
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
    const { failures } = play(
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
    const { failures } = play(
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

    expect(play(people, waits, more, { identities }).failures).toEqual([]);
    const other = [...people, { ...at, user: 'cat', approve: true }] as const;
    expect(play(other, succeeds, more, { identities }).failures).toEqual([]);
  });

  test('leaves out groups of the policy, and adds none', () => {
    const users = { ben: ['payments-oncall'], cat: ['incident-commanders'], dan: ['payments'] };
    const { failures } = play(
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
    const { failures } = play(
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
    const { failures } = play([], { ...succeeds, inputs: { environment: 'staging' } });
    expect(failures).toEqual([]);
  });

  test('a write that no policy names is refused', () => {
    const { failures, run } = play([], { ...waits, inputs: { environment: 'moon' } });
    expect(failures).toEqual([]);
    expect(run.steps['rollback']?.finished?.finding).toMatch(/No approval policy/);
  });

  test('a run on staging can not write to production under the policy of staging', () => {
    const { failures } = play(
      [],
      { ...waits, inputs: { environment: 'staging' } },
      ', with: {environment: production}',
    );
    expect(failures).toEqual([]);
  });
});

describe('breaking the glass', () => {
  const breakGlass = { ...at, breakGlass: true } as const;
  const users = {
    eve: ['incident-commanders'],
    ana: ['incident-commanders'],
    ben: ['payments-oncall'],
    cat: ['payments'],
  };

  test.each(['eve', 'ana'])('%s, whose group may, acts alone at once', (user) => {
    const { failures, run } = play([{ ...breakGlass, user, reason: 'fire' }], {
      ...succeeds,
      users,
    });
    expect(failures).toEqual([]);
    expect(run.steps['rollback']?.stamps).toMatchObject([
      { what: 'Broke the glass', reason: 'fire' },
    ]);
  });

  test.each(['', '  '])('needs a reason, and %j is none', (reason) => {
    const act = { ...breakGlass, user: 'eve', reason, expect: 'refused' } as const;
    expect(play([act], { ...waits, users }).failures).toEqual([]);
  });

  test('on-call may when nobody has answered for three minutes, and not before', () => {
    const { failures, elapsedMs } = play(
      [
        { ...breakGlass, user: 'ben', reason: 'fire', after: '179s', expect: 'refused' },
        { ...breakGlass, user: 'ben', reason: 'fire', after: '1s' },
      ],
      { ...succeeds, users },
    );
    expect(failures).toEqual([]);
    expect(elapsedMs).toBe(180_000);
  });

  test('is for nobody else, however long it takes', () => {
    const act = {
      ...breakGlass,
      user: 'cat',
      reason: 'x',
      after: '9m',
      expect: 'refused',
    } as const;
    expect(play([act], { ...waits, users }).failures).toEqual([]);
  });
});

describe('a plan that grows old', () => {
  const late = { ...at, user: 'ben', approve: true } as const;

  test('is made anew after fifteen minutes, and what was approved of it is void', () => {
    const { failures, events } = play(
      [late, { ...late, user: 'cat', after: '16m' }, { ...late, user: 'dan' }],
      succeeds,
      ', approval: {required: 2}',
    );
    expect(failures).toEqual([]);
    expect(events.filter((event) => event.type === 'PlanDropped')).toHaveLength(1);
    expect(events.filter((event) => event.type === 'ApprovalRequested')).toHaveLength(2);
  });

  const waiting: Stream = play([], waits).stream;
  const hash = planHash(waiting);
  const write = { step: 'rollback', visit: 1 };
  const groups = ['payments-oncall'];

  test.each([
    [{ ...by('ben', clock(15)), ...write, type: 'Approve', hash, groups }],
    [
      {
        ...by('ben', clock(15)),
        ...write,
        type: 'BreakGlass',
        hash,
        groups,
        reason: 'fire',
      },
    ],
  ] as const satisfies readonly (readonly [RunCommand])[])(
    'can not be approved even while the timer is late: $type',
    (command) => {
      expect(give(waiting, command).refused).toBe('run.plan-expired');
    },
  );

  test('begins nothing, even if it was approved in time', () => {
    const { stream, events, refused } = give(
      waiting,
      { ...by('ben', clock(14)), ...write, type: 'Approve', hash, groups },
      { ...byBot(clock(15)), ...write, type: 'BeginWrite', attempt: 1, sendBy: clock(16) },
    );
    expect(refused).toBeNull();
    expect(events.map((event) => event.type)).toEqual(['Approved', 'PlanDropped']);
    expect(theRun(stream).steps['rollback']?.write).toEqual({ phase: 'planning', round: 2 });
  });

  test('an approval of another plan is refused', () => {
    const other = { ...by('ben'), ...write, type: 'Approve', hash: 'other', groups } as const;
    expect(give(waiting, other).refused).toBe('run.plan-changed');
  });
});

function planHash(stream: Stream): string {
  const write = theRun(stream).steps['rollback']?.write;
  if (write?.phase !== 'approving') throw new Error('nothing to approve');
  return write.plan.hash;
}
