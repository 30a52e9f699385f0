import { createHash, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Client } from 'pg';

import { type Database, openDatabase } from '#adapters/store/database.ts';
import { startEmbeddedPostgres } from '#adapters/store/embedded/embedded-postgres.ts';

/**
 * The one server of this checkout's test runs; its data stays, so that the next run starts in a
 * moment. Another checkout has its own: a run stops its server when it ends.
 */
export const testServerFolder = path.join(
  tmpdir(),
  `handrail-test-${createHash('sha256').update(process.cwd()).digest('hex').slice(0, 8)}`,
);

/** A database of its own on the test server, gone at the end of the caller's scope. */
export async function withDatabase(): Promise<
  AsyncDisposable & { url: string; database: Database }
> {
  const server = await startEmbeddedPostgres(testServerFolder);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asOwner(server.url, `create database ${name}`);
  const url = new URL(server.url);
  url.pathname = name;
  const database = await openDatabase(url.href);
  return {
    url: url.href,
    database,
    async [Symbol.asyncDispose]() {
      await database.close();
      await asOwner(server.url, `drop database if exists ${name} with (force)`);
    },
  };
}

async function asOwner(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
