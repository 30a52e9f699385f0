import { Client } from 'pg';

import { startEmbeddedPostgres } from './embedded/embedded-postgres.ts';

const name = 'practice';

/** A database for practice beside the bot's own on the embedded server, emptied at each start. */
export async function practiceDatabase(
  folder: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = await startEmbeddedPostgres(folder);
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  return { url: practiceUrl(server.url), close: () => server.close() };
}

export function practiceUrl(serverUrl: string): string {
  const url = new URL(serverUrl);
  url.pathname = name;
  return url.href;
}
