import { describe, expect, it } from 'vitest';

import { openDirectory } from './directory-stand.ts';
import { slackStandIn } from './slack-stand-in.ts';

describe('people', () => {
  // To Slack they are no strangers: `is_stranger` is false for whoever shares a channel with us.
  it('lets somebody of another company, who shares a channel with us, do nothing', async () => {
    const eve = { id: 'U1', name: 'eve', team_id: 'T2', is_stranger: false };
    const enterprise_user = { id: 'U1', enterprise_id: 'E2' };
    for (const user of [eve, { ...eve, team_id: undefined }, { ...eve, enterprise_user }]) {
      await using slack = await slackStandIn({ 'users.info': () => ({ ok: true, user }) });
      const { directory } = openDirectory(slack);

      expect(await directory.person('U1')).toEqual({ id: 'U1', name: 'eve', active: false });
    }
  });

  it('takes a colleague of another workspace of our own enterprise as one', async () => {
    await using slack = await slackStandIn({
      'auth.test': () => ({ ok: true, team_id: 'T1', enterprise_id: 'E1' }),
      'users.info': () => ({
        ok: true,
        user: {
          id: 'U1',
          name: 'ben',
          team_id: 'T3',
          enterprise_user: { id: 'U1', enterprise_id: 'E1' },
        },
      }),
    });
    const { directory } = openDirectory(slack);

    expect(await directory.person('U1')).toMatchObject({ active: true });
  });

  it('says of whom Slack says nothing that it said nothing', async () => {
    await using slack = await slackStandIn({
      'users.info': () => ({ ok: false, error: 'internal_error' }),
    });
    const { directory } = openDirectory(slack);

    expect(await directory.person('U1')).toEqual({
      id: 'U1',
      name: 'U1',
      active: false,
      unanswered: true,
    });
  });

  it('names an account by the id that Slack gives it, whichever it was asked by', async () => {
    await using slack = await slackStandIn({
      'users.info': () => ({ ok: true, user: { id: 'W1', name: 'ben', team_id: 'T1' } }),
    });
    const { directory } = openDirectory(slack);

    expect(await directory.person('U1')).toMatchObject({ id: 'W1', active: true });
  });

  it.each(['is_admin', 'is_owner'])('knows by %s who is an admin', async (mark) => {
    await using slack = await slackStandIn({
      'users.info': ({ user = '' }) => ({
        ok: true,
        user: { id: user, name: 'cleo', team_id: 'T1', [mark]: true },
      }),
    });

    const { directory } = openDirectory(slack);

    expect(await directory.person('U0CLEO')).toMatchObject({ active: true, admin: true });
  });

  it('takes a colleague as one, and a person that cannot be read as nobody', async () => {
    await using slack = await slackStandIn({
      'users.info': ({ user }) =>
        user === 'U1'
          ? { ok: true, user: { id: 'U1', team_id: 'T1', name: 'ben' } }
          : { ok: false, error: 'user_not_found' },
    });
    const { directory } = openDirectory(slack);

    expect(await directory.person('U1')).toEqual({ id: 'U1', name: 'ben', active: true });
    expect(await directory.person('U2')).toEqual({ id: 'U2', name: 'U2', active: false });
  });
});
