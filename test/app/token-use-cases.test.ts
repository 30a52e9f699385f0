import { describe, expect, it } from 'vitest';

import type { Reply } from '#app/use-cases.ts';
import { ana, ben, openApp } from '#test/support/app.ts';

function tokenIn(reply: Reply): string {
  const text = reply.kind === 'done' ? (reply.text ?? '') : '';
  const [token = ''] = /hrt_\w{40}/.exec(text) ?? [];
  return token;
}

describe('a personal token', () => {
  it('stands for the person that it was issued to, until it expires', async () => {
    await using given = await openApp();
    const token = tokenIn(await given.useCases.issueToken({ by: ana }));

    expect(await given.useCases.personOfToken({ token })).toEqual({
      kind: 'person',
      person: ana,
      expiresAt: '2027-02-22T10:00:00.000Z',
    });

    given.clock.at = new Date('2027-02-22T10:00:00.000Z');
    expect(await given.useCases.personOfToken({ token })).toMatchObject({
      kind: 'refused',
      code: 'token.expired',
      message: expect.stringContaining('Get one in Slack with /incident token.'),
    });
  });

  it('no longer counts once there is a newer one, or it was revoked', async () => {
    await using given = await openApp();
    const { useCases } = given;
    const first = tokenIn(await useCases.issueToken({ by: ana }));
    const second = tokenIn(await useCases.issueToken({ by: ana }));
    const ofBen = tokenIn(await useCases.issueToken({ by: ben }));

    expect(await useCases.personOfToken({ token: first })).toMatchObject({ code: 'token.unknown' });
    expect(await useCases.personOfToken({ token: second })).toMatchObject({ person: ana });

    await useCases.revokeToken({ by: ana });
    expect(await useCases.personOfToken({ token: second })).toMatchObject({
      code: 'token.unknown',
    });
    expect(await useCases.personOfToken({ token: ofBen })).toMatchObject({ person: ben });
    expect(await useCases.revokeToken({ by: ana })).toMatchObject({ text: 'You have no token.' });
  });

  it('is not in the database, and not given to an account that may not act', async () => {
    await using given = await openApp();
    const token = tokenIn(await given.useCases.issueToken({ by: ana }));

    const rows = await given.db.selectFrom('personal_tokens').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token.slice(4));

    given.app.directory = {
      ...given.app.directory,
      person: async (id) => ({ id, name: id, active: false }),
    };
    expect(await given.useCases.issueToken({ by: ben })).toMatchObject({ kind: 'refused' });
  });
});
