import { PortError } from '#ports/port-error.ts';

import { startEmbeddedPostgres } from './embedded/start.ts';

export type EmbeddedDatabase = {
  url: string;
  /** See `migrate`. */
  ownerUrl: string;
  /** Stops the server, unless others use it. */
  close(): Promise<void>;
};

/** The bot's own database on the embedded server, or the one of practice beside it. */
export async function embeddedDatabase(
  folder: string,
  name: 'handrail' | 'practice',
): Promise<EmbeddedDatabase> {
  const server = await startEmbeddedPostgres({ folder });
  await server.createDatabase(name);
  return { url: server.url(name), ownerUrl: server.ownerUrl(name), close: () => server.close() };
}

/** Practice begins with an empty database; one that runs keeps its own. */
export async function practiceDatabase(folder: string): Promise<EmbeddedDatabase> {
  const server = await startEmbeddedPostgres({ folder });
  if (await server.isUsed('practice')) {
    throw new PortError(
      'practice.runs',
      `Practice runs already in ${folder}. Stop it, or give this one a folder of its own: HANDRAIL_FOLDER=${folder}-2`,
      { retry: false },
    );
  }
  await server.dropDatabase('practice');
  return embeddedDatabase(folder, 'practice');
}
