import { startEmbeddedPostgres } from './embedded/start.ts';

const name = 'practice';

/** A database for practice beside the bot's own on the embedded server, emptied at each start. */
export async function practiceDatabase(
  folder: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = await startEmbeddedPostgres({ folder });
  await server.dropDatabase(name);
  await server.createDatabase(name);
  return { url: server.url(name), close: () => server.close() };
}
