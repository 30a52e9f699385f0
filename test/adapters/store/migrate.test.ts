import { describe, expect, it } from 'vitest';

import { openDatabase } from '#adapters/store/database.ts';
import { startEmbeddedPostgres } from '#adapters/store/embedded/start.ts';
import { migrate } from '#adapters/store/migrate.ts';
import { databaseFolder, silent, withDatabase } from '#test/support/database.ts';

describe('migrations', () => {
  it('refuse a database that a newer version made, and say what to do', async () => {
    await using database = await withDatabase();
    const owner = openDatabase({ url: database.ownerUrl, log: silent });
    await owner.pool.query(
      `insert into kysely_migration (name, timestamp) values ('0099-later', '2030-01-01')`,
    );
    await owner.close();

    await expect(migrate(database, { ownerUrl: database.ownerUrl, log: silent })).rejects.toThrow(
      'The database was made by a newer version of Handrail (it has 0099-later). Start that version or a later one',
    );
  });

  it('run once when two processes start at the same time', async () => {
    const server = await startEmbeddedPostgres({ folder: databaseFolder });
    const name = `test_twice_${process.pid}`;
    await Promise.all([server.createDatabase(name), server.createDatabase(name)]);
    const replicas = [1, 2].map(() => openDatabase({ url: server.url(name), log: silent }));

    await Promise.all(
      replicas.map((replica) => migrate(replica, { ownerUrl: server.ownerUrl(name), log: silent })),
    );

    for (const replica of replicas) {
      expect(await replica.answers()).toBe(true);
      await replica.close();
    }
  });

  it('also make a database for a single role, whose record is append-only, too', async () => {
    const server = await startEmbeddedPostgres({ folder: databaseFolder });
    const name = `test_single_${process.pid}`;
    await server.createDatabase(name);
    const database = openDatabase({ url: server.url(name), log: silent });

    await migrate(database, { log: silent });
    await migrate(database, { log: silent });

    await expect(database.pool.query('truncate events cascade')).rejects.toThrow('append-only');
    await database.close();
  });
});

describe('a database', () => {
  it('does not answer when nobody is there', async () => {
    const database = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', log: silent });

    expect(await database.answers()).toBe(false);
    await database.close();
  });
});
