import { describe, expect, test } from 'vitest';

import type { RunCommand } from '#domain/run/commands.ts';
import type { Stream } from '#domain/stream/stream.ts';
import { by, byBot, clock, give, theRun } from '#test/support/give.ts';

import { at, playApproval, succeeds, waits } from './play-approval.ts';

describe('a plan that grows old', () => {
  const late = { ...at, user: 'ben', approve: true } as const;

  test('is made anew after fifteen minutes, and what was approved of it is void', () => {
    const { failures, events } = playApproval(
      [late, { ...late, user: 'cat', after: '16m' }, { ...late, user: 'dan' }],
      succeeds,
      ', approval: {required: 2}',
    );
    expect(failures).toEqual([]);
    expect(events.filter((event) => event.type === 'PlanDropped')).toHaveLength(1);
    expect(events.filter((event) => event.type === 'ApprovalRequested')).toHaveLength(2);
  });

  const waiting: Stream = playApproval([], waits).stream;
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
