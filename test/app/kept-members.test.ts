import { describe, expect, it } from 'vitest';

import { createKeptMembers, keepMembersFresh, keptMembersCountForMs } from '#app/kept-members.ts';
import { createToldChanges, noteChange } from '#app/told-changes.ts';
import { openApp } from '#test/support/app.ts';

describe('the members that are kept of a user group', () => {
  it('are those that chat said last, until they are too old to go by', async () => {
    await using given = await openApp();
    const kept = createKeptMembers(given.app);
    const { clock } = given;
    const at = clock.at.toISOString();
    expect(await kept.recall('S0PAY')).toBeNull();

    await kept.keep('S0PAY', ['U0ANA', 'U0BEN'], null);
    await kept.keep('S0PAY', ['U0BEN'], null);

    const found = { members: ['U0BEN'], at, old: false, changed: false };
    expect(await kept.recall('S0PAY')).toEqual(found);
    clock.at = new Date(clock.at.getTime() + keptMembersCountForMs + 1);
    expect(await kept.recall('S0PAY')).toEqual({ ...found, old: true });
  });

  it('are known to be others once chat has told of a change, until it has said who', async () => {
    await using given = await openApp();
    const kept = createKeptMembers(given.app);
    const told = createToldChanges(given.app.store);
    await kept.keep('S0PAY', ['U0ANA', 'U0BEN'], await told.last('usergroup', 'S0PAY'));

    await noteChange(given.app, { kind: 'usergroup', id: 'S0OTHER' });
    expect(await kept.recall('S0PAY')).toMatchObject({ changed: false });
    await noteChange(given.app, { kind: 'usergroup', id: 'S0PAY' });
    expect(await kept.recall('S0PAY')).toMatchObject({ changed: true });

    await kept.keep('S0PAY', ['U0BEN'], await told.last('usergroup', 'S0PAY'));
    expect(await kept.recall('S0PAY')).toMatchObject({ changed: false });
  });

  it('are asked for every ten minutes, also where that fails, and within one after a change', async () => {
    const payments = { kind: 'usergroup', usergroup: 'S0PAY' } as const;
    const failing = { kind: 'usergroup', usergroup: 'S0FAIL' } as const;
    const few = { kind: 'users', users: ['U0ANA'] } as const;
    await using given = await openApp({ settings: { groups: { payments, failing, few } } });
    const { app, clock } = given;
    const kept = createKeptMembers(app);
    const stop = new AbortController();
    let minute = 0;
    const asked: string[] = [];
    app.directory.members = async (group) => {
      asked.push(`${group} at ${minute}`);
      const change = await createToldChanges(app.store).last('usergroup', 'S0PAY');
      if (group === 'payments') await kept.keep('S0PAY', ['U0BEN'], change);
      return [];
    };
    app.clock.pause = async (ms) => {
      minute += ms / 60_000;
      clock.at = new Date(clock.at.getTime() + ms);
      if (minute === 3) await noteChange(app, { kind: 'usergroup', id: 'S0PAY' });
      if (minute === 14) stop.abort();
    };

    await keepMembersFresh(app, stop.signal);

    expect(asked).toEqual([
      'payments at 0',
      'failing at 0',
      'payments at 3',
      'failing at 10',
      'payments at 13',
    ]);
  });

  it('are asked for again after the store has failed', async () => {
    const payments = { kind: 'usergroup', usergroup: 'S0PAY' } as const;
    await using given = await openApp({ settings: { groups: { payments } } });
    const { app } = given;
    const { store } = app;
    const stop = new AbortController();
    let asked = 0;
    app.directory.members = async () => {
      asked += 1;
      return [];
    };
    app.store = { ...store, mark: () => Promise.reject(new Error('no database')) };
    app.clock.pause = async () => {
      if (app.store === store) stop.abort();
      app.store = store;
    };

    await keepMembersFresh(app, stop.signal);

    expect(asked).toBe(1);
  });
});
