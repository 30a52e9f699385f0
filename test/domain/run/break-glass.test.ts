import { describe, expect, test } from 'vitest';

import { at, playApproval, succeeds, waits } from './play-approval.ts';

describe('breaking the glass', () => {
  const breakGlass = { ...at, breakGlass: true } as const;
  const users = {
    eve: ['incident-commanders'],
    ana: ['incident-commanders'],
    ben: ['payments-oncall'],
    cat: ['payments'],
  };

  test.each(['eve', 'ana'])('%s, whose group may, acts alone at once', (user) => {
    const { failures, run } = playApproval([{ ...breakGlass, user, reason: 'fire' }], {
      ...succeeds,
      users,
    });
    expect(failures).toEqual([]);
    expect(run.steps['rollback']?.stamps).toMatchObject([{ what: 'Glass broken', reason: 'fire' }]);
  });

  test.each(['', '  '])('needs a reason, and %j is none', (reason) => {
    const act = { ...breakGlass, user: 'eve', reason, expect: 'refused' } as const;
    expect(playApproval([act], { ...waits, users }).failures).toEqual([]);
  });

  test('on-call may when nobody has answered for three minutes, and not before', () => {
    const { failures, elapsedMs } = playApproval(
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
    expect(playApproval([act], { ...waits, users }).failures).toEqual([]);
  });
});
