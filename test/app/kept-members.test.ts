import { describe, expect, it } from 'vitest';

import { createKeptMembers, keepMembersFresh, keptMembersCountForMs } from '#app/kept-members.ts';
import { openApp } from '#test/support/app.ts';

describe('the members that are kept of a user group', () => {
  it('are those that chat said last, until they are too old to go by', async () => {
    await using given = await openApp();
    const kept = createKeptMembers(given.app);
    const { clock } = given;
    const at = clock.at.toISOString();
    expect(await kept.recall('S0PAY')).toBeNull();

    await kept.keep('S0PAY', ['U0ANA', 'U0BEN']);
    await kept.keep('S0PAY', ['U0BEN']);

    expect(await kept.recall('S0PAY')).toEqual({ members: ['U0BEN'], at, stale: false });
    clock.at = new Date(clock.at.getTime() + keptMembersCountForMs + 1);
    expect(await kept.recall('S0PAY')).toMatchObject({ stale: true });
  });

  it('are asked for again and again, for every group', async () => {
    await using given = await openApp();
    const stop = new AbortController();
    const asked: string[] = [];
    const { app } = given;
    app.directory.members = async (group) => {
      asked.push(group);
      return [];
    };
    let pauses = 0;
    app.clock.pause = async () => {
      pauses += 1;
      if (pauses === 2) stop.abort();
    };

    await keepMembersFresh(app, stop.signal);

    const groups = ['payments', 'payments-oncall', 'incident-commanders'];
    expect(asked).toEqual([...groups, ...groups]);
  });
});
