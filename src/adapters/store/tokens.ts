import type { Kysely } from 'kysely';

import type { Tokens } from '#ports/tokens.ts';

import { asPort } from './faults.ts';
import type { Tables } from './tables.ts';

export function createTokens(db: Kysely<Tables>): Tokens {
  return {
    async keep({ person, hash, expiresAt }) {
      const row = { name: person.name, hash, expires_at: new Date(expiresAt) };
      await asPort(() =>
        db
          .insertInto('personal_tokens')
          .values({ person: person.id, ...row })
          .onConflict((conflict) => conflict.column('person').doUpdateSet(row))
          .execute(),
      );
    },

    async find(hash) {
      const row = await asPort(() =>
        db
          .selectFrom('personal_tokens')
          .select(['person', 'name', 'hash', 'expires_at'])
          .where('hash', '=', hash)
          .executeTakeFirst(),
      );
      if (row === undefined) return null;
      return {
        person: { id: row.person, name: row.name },
        hash: row.hash,
        expiresAt: row.expires_at.toISOString(),
      };
    },

    async revoke(person) {
      const { numDeletedRows } = await asPort(() =>
        db.deleteFrom('personal_tokens').where('person', '=', person).executeTakeFirst(),
      );
      return numDeletedRows > 0n;
    },
  };
}
