import { describe, expect, it } from 'vitest';

import { openDirectory } from './directory-stand.ts';
import { settings } from './running-app.ts';
import { slackStandIn } from './slack-stand-in.ts';

const every = Object.keys(settings.groups);

describe('user groups', () => {
  it('knows for five seconds who may act, and for a minute whom to tell', async () => {
    let members = ['U0BEN'];
    await using slack = await slackStandIn({
      'usergroups.users.list': () => ({ ok: true, users: members }),
    });
    const { directory, time } = openDirectory(slack);

    expect(await directory.groupsOf('U0BEN', every)).toEqual(['payments']);
    await time.advance(4_999);
    await directory.groupsOf('U0BEN', every);
    expect(slack.of('usergroups.users.list')).toHaveLength(1);
    members = [];
    await time.advance(1);
    expect(await directory.groupsOf('U0BEN', every)).toEqual([]);

    members = ['U0ANA'];
    await time.advance(59_999);
    expect(await directory.members('payments')).toEqual([]);
    await time.advance(1);
    expect(await directory.members('payments')).toEqual(['U0ANA']);
  });

  it('goes by what it knew a moment ago where Slack’s limits allow no look, and not for long', async () => {
    const limits = { reached: false };
    await using slack = await slackWith(limits);
    const { directory, time, changes } = openDirectory(slack);
    await changes.tell({ kind: 'usergroup', id: 'S0OTHER' });
    await directory.groupsOf('U0BEN', every);

    limits.reached = true;
    await time.advance(30_000);
    const limitedNow = directory.groupsOf('U0BEN', every);
    await slack.until(() => slack.of('usergroups.users.list').length === 2);
    await time.advance(1_000);
    expect(await limitedNow).toEqual(['payments']);

    await time.advance(30_000);
    const limitedLonger = directory.groupsOf('U0BEN', every);
    await time.advance(5_000);
    expect(await limitedLonger).toEqual([]);
  });

  it.each([
    ['Slack has never told of a change', []],
    ['Slack tells of a change of the group', ['S0OTHER', 'S0PAY']],
  ])('admits nobody where Slack’s limits allow no look and %s', async (_what, told) => {
    const limits = { reached: false };
    await using slack = await slackWith(limits);
    const { directory, time, changes } = openDirectory(slack);
    const [first, last] = told;
    if (first !== undefined) await changes.tell({ kind: 'usergroup', id: first });
    expect(await directory.groupsOf('U0BEN', every)).toEqual(['payments']);

    limits.reached = true;
    await time.advance(6_000);
    if (last !== undefined) await changes.tell({ kind: 'usergroup', id: last });
    expect(await groupsWithoutALook(slack, { directory, time })).toEqual([]);
    expect(directory.unread()).toEqual(['payments']);
  });

  it('asks anew as soon as Slack tells of a change, however young its answer is', async () => {
    const members = { before: ['U0BEN'], now: ['U0ANA'] };
    const active = { id: 'U0BEN', name: 'ben', team_id: 'T1' };
    let { before } = members;
    let user = { ...active, deleted: false };
    await using slack = await slackStandIn({
      'usergroups.users.list': () => ({ ok: true, users: before }),
      'users.info': () => ({ ok: true, user }),
    });
    const { directory, changes } = openDirectory(slack);
    expect(await directory.groupsOf('U0BEN', every)).toEqual(['payments']);
    expect(await directory.person('U0BEN')).toMatchObject({ active: true });

    before = members.now;
    user = { ...active, deleted: true };
    await changes.tell({ kind: 'usergroup', id: 'S0PAY' });
    await changes.tell({ kind: 'person', id: 'U0BEN', gone: true });

    expect(await directory.groupsOf('U0BEN', every)).toEqual([]);
    expect(await directory.members('payments')).toEqual(['U0ANA']);
    expect(await directory.person('U0BEN')).toMatchObject({ active: false });
  });

  it('admits nobody when the group cannot be read now, whoever was in it before', async () => {
    let broken = false;
    await using slack = await slackStandIn({
      'usergroups.users.list': () =>
        broken ? { ok: false, error: 'no_such_subteam' } : { ok: true, users: ['U0BEN'] },
    });
    const { directory, time } = openDirectory(slack);
    await directory.members('payments');

    broken = true;
    await time.advance(60_000);

    expect(await directory.members('payments')).toEqual([]);
    expect(await directory.groupsOf('U0BEN', every)).toEqual([]);
    expect(directory.unread()).toEqual(['payments']);

    broken = false;
    expect(await directory.members('payments')).toEqual(['U0BEN']);
    expect(directory.unread()).toEqual([]);
  });

  it('asks Slack once for all who ask at one time', async () => {
    await using slack = await slackStandIn({
      'usergroups.users.list': () => ({ ok: true, users: ['U0BEN'] }),
    });
    const { directory } = openDirectory(slack);

    await Promise.all([
      directory.members('payments'),
      directory.groupsOf('U0BEN', every),
      directory.members('payments'),
    ]);

    expect(slack.of('usergroups.users.list')).toEqual([{ usergroup: 'S0PAY' }]);
  });

  it.each(['unknown', 'nobody', 'oncall', 'constructor'])(
    'finds nobody in the group "%s"',
    async (group) => {
      await using slack = await slackStandIn();
      const { directory } = openDirectory(slack);

      expect(await directory.members(group)).toEqual([]);
    },
  );

  it('names the groups of a person', async () => {
    await using slack = await slackStandIn({
      'usergroups.users.list': () => ({ ok: true, users: ['U0BEN', 'U0ANA'] }),
    });
    const { directory } = openDirectory(slack);

    expect(await directory.groupsOf('U0ANA', every)).toEqual(['payments', 'commanders']);
    expect(await directory.groupsOf('U0BEN', every)).toEqual(['payments']);
  });

  it('asks for the groups that count, and for no other', async () => {
    await using slack = await slackStandIn({
      'usergroups.users.list': () => ({ ok: true, users: ['U0BEN'] }),
    });
    const { directory } = openDirectory(slack);

    expect(await directory.groupsOf('U0BEN', [])).toEqual([]);
    expect(await directory.groupsOf('U0ANA', ['commanders'])).toEqual(['commanders']);
    expect(slack.of('usergroups.users.list')).toEqual([]);
    expect(await directory.groupsOf('U0BEN', ['payments', 'payments'])).toEqual(['payments']);
    expect(slack.of('usergroups.users.list')).toHaveLength(1);
  });

  it.each(['deleted', 'is_bot', 'is_restricted', 'is_ultra_restricted', 'is_stranger'])(
    'lets somebody who is %s do nothing',
    async (flag) => {
      await using slack = await slackStandIn({
        'users.info': () => ({
          ok: true,
          user: { id: 'U1', team_id: 'T1', name: 'eve', [flag]: true },
        }),
      });
      const { directory } = openDirectory(slack);

      expect(await directory.person('U1')).toEqual({ id: 'U1', name: 'eve', active: false });
    },
  );

  it('goes by what it was given for Slack’s silence, and for its silence only', async () => {
    let answer: Record<string, unknown> = { ok: false, error: 'internal_error' };
    await using slack = await slackStandIn({
      'usergroups.users.list': () => answer,
      'users.info': () => answer,
    });
    const { directory } = openDirectory(slack, {
      withoutSlack: {
        person: (id) => (id === 'U0BEN' ? { id, name: 'ben', active: true } : null),
        members: async (usergroup) => (usergroup === 'S0PAY' ? ['U0BEN'] : []),
      },
    });

    expect(await directory.members('payments')).toEqual(['U0BEN']);
    expect(await directory.person('U0BEN')).toEqual({ id: 'U0BEN', name: 'ben', active: true });
    expect(await directory.person('U0EVE')).toMatchObject({ active: false });

    answer = { ok: false, error: 'user_not_found' };
    expect(await directory.members('payments')).toEqual([]);
    expect(await directory.person('U0BEN')).toMatchObject({ active: false });
  });

  it('goes by none of it where only Slack’s limits allow no look', async () => {
    await using slack = await slackWith({ reached: true });
    const { directory, time } = openDirectory(slack, {
      withoutSlack: { person: () => null, members: async () => ['U0BEN'] },
    });

    expect(await groupsWithoutALook(slack, { directory, time })).toEqual([]);
    expect(directory.unread()).toEqual(['payments']);
  });

  it('passes on what Slack says about a user group', async () => {
    const told: unknown[] = [];
    await using slack = await slackStandIn({
      'usergroups.users.list': () => ({ ok: true, users: ['U0BEN'] }),
    });
    const { directory } = openDirectory(slack, {
      onMembers: async (...said) => {
        told.push(said);
      },
    });

    await directory.members('payments');

    expect(told).toEqual([['S0PAY', ['U0BEN'], null]]);
  });
});

/** A Slack in which ben is in the group, and which refuses to say so once its limits are reached. */
function slackWith(limits: { reached: boolean }) {
  return slackStandIn({
    'usergroups.users.list': (_args, response) => {
      if (limits.reached) response.writeHead(429, { 'retry-after': '120' }).end();
      return { ok: true, users: ['U0BEN'] };
    },
  });
}

/** Which groups ben is in when the limits allow no look, and it is not waited for any longer. */
async function groupsWithoutALook(
  slack: Awaited<ReturnType<typeof slackWith>>,
  { directory, time }: Pick<ReturnType<typeof openDirectory>, 'directory' | 'time'>,
): Promise<readonly string[]> {
  const before = slack.of('usergroups.users.list').length;
  const groups = directory.groupsOf('U0BEN', every);
  await slack.until(() => slack.of('usergroups.users.list').length > before);
  await time.advance(5_000);
  return groups;
}
