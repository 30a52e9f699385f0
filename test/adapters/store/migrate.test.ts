import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { connectDatabase } from '#adapters/store/connection.ts';
import { openDatabase } from '#adapters/store/database.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#adapters/store/embedded/start.ts';
import { testServerFolder, withDatabase } from '#test/support/database.ts';

const name = `test_migrate_${process.pid}`;
let server: EmbeddedPostgres;

beforeAll(async () => {
  server = await startEmbeddedPostgres({ folder: testServerFolder });
});
afterAll(() => server.dropDatabase(name));

describe('a database that is opened', () => {
  it('is refused when a newer version made it, and the message says what to do', async () => {
    await using given = await withDatabase();
    const owner = connectDatabase(given.ownerUrl);
    await owner.pool.query(
      `insert into kysely_migration (name, timestamp) values ('0099-later', '2030-01-01')`,
    );
    await owner.close();

    await expect(openDatabase(given.url, { ownerUrl: given.ownerUrl })).rejects.toThrow(
      'The database was made by a newer version of Handrail (it has 0099-later). Start that version or a later one',
    );
  });

  it('is migrated once when two processes do so at the same time', async () => {
    await server.dropDatabase(name);
    await Promise.all([server.createDatabase(name), server.createDatabase(name)]);

    const replicas = await Promise.all(
      [1, 2].map(() => openDatabase(server.url(name), { ownerUrl: server.ownerUrl(name) })),
    );

    for (const replica of replicas) {
      expect(await replica.answers()).toBe(true);
      await replica.close();
    }
  });

  it('is append-only also where a single role owns everything', async () => {
    await server.dropDatabase(name);
    await server.createDatabase(name);
    await (await openDatabase(server.url(name))).close();

    const database = await openDatabase(server.url(name));

    await expect(database.pool.query('truncate events cascade')).rejects.toThrow('append-only');
    await database.close();
  });

  it('takes back the rights that an earlier version gave', async () => {
    await using given = await withDatabase();
    const { database, url, ownerUrl } = given;
    const owner = connectDatabase(ownerUrl);
    const { rows } = await database.pool.query('select current_user as role');
    const everything = `grant update, delete on streams, event_texts to "${rows[0].role}"`;
    await owner.pool.query(everything);
    await owner.close();

    await (await openDatabase(url, { ownerUrl })).close();

    for (const statement of ['delete from streams', 'update event_texts set name = name']) {
      await expect(database.pool.query(statement)).rejects.toThrow('permission denied');
    }
  });

  it('says where nobody answers, without the password', async () => {
    const opening = openDatabase('postgres://bot:secret@127.0.0.1:1/none');

    await expect(opening).rejects.toMatchObject({
      code: 'database.unreachable',
      message: expect.stringMatching(/^The database at 127\.0\.0\.1:1\/none does not answer/),
    });
    expect(await connectDatabase('postgres://nobody@127.0.0.1:1/none').answers()).toBe(false);
  });
});
