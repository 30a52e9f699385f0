import { spawnTerminal } from '#test/support/terminal-process.ts';

/** Incidents of which `handrail verify` says that their record is not as it was written. */
export async function brokenChains(
  databaseUrl: string,
  incidents: readonly string[],
): Promise<string[]> {
  const broken: string[] = [];
  for (const id of incidents) {
    const process = spawnTerminal(['verify', id], { DATABASE_URL: databaseUrl });
    if ((await process.ended()) !== 0) broken.push(process.output().trim());
  }
  return broken;
}
