import { allowed, open, type Policed } from './allowed.ts';
import type { App } from './app.ts';
import { commandName } from './place.ts';
import { done, refused } from './reply.ts';

type TokenUseCases = Pick<Policed, 'issueToken' | 'revokeToken' | 'personOfToken'>;

const validDays = 90;

/** Personal tokens: who a person is at a terminal, on the day that Slack can't say it. */
export function createTokenUseCases(app: App): TokenUseCases {
  return {
    issueToken: allowed(app, 'token.issue', async ({ by }) => {
      const token = app.ids.token();
      const expiresAt = new Date(app.clock.now().getTime() + validDays * 86_400_000).toISOString();
      await app.tokens.keep({ person: by, hash: app.sha256(token), expiresAt });
      app.log.info({ person: by.id, expiresAt }, 'a personal token was issued');
      return done(
        [
          'This is your token for the terminal. It is shown once, and one that you had before no longer counts.',
          token,
          'Keep it with: handrail token save (it asks for the token, and keeps it where only you can read it).',
          `It is good until ${expiresAt.slice(0, 10)}. Who has it can act as you: revoke it with "token revoke" when it is lost.`,
        ].join('\n'),
      );
    }),

    revokeToken: open('nobody loses anything by it but a right of their own', async ({ by }) => {
      const had = await app.tokens.revoke(by.id);
      if (had) app.log.info({ person: by.id }, 'a personal token was revoked');
      return done(had ? 'Your token no longer counts.' : 'You have no token.');
    }),

    personOfToken: open('the token itself is asked for', async ({ token }) => {
      const found = await app.tokens.find(app.sha256(token));
      if (found === null) {
        return refused(
          'token.unknown',
          `This token is not known: it was revoked or replaced. ${toGetOne(app)}`,
        );
      }
      if (found.expiresAt <= app.clock.now().toISOString()) {
        return refused(
          'token.expired',
          `This token was good until ${found.expiresAt.slice(0, 10)}. ${toGetOne(app)}`,
        );
      }
      return { kind: 'person', person: found.person, expiresAt: found.expiresAt };
    }),
  };
}

function toGetOne(app: App): string {
  return `Get one in Slack with /${commandName(app, 'incident')} token.`;
}
