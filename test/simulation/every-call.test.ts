import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

const run = promisify(execFile);

it(
  'ends the incident of the report well whichever call fails or is the last one',
  { timeout: 1_200_000 },
  async () => {
    const main = new URL('./every-call.ts', import.meta.url).pathname;

    const { stdout } = await run(process.execPath, [main]).catch(said);

    expect(stdout).toMatch(/^calls: \d{3,}, ports: 6, failed: \d{4,}, violations: 0\n$/);
  },
);

/** It ends with 1 where something does not hold, which it has said. */
function said(error: unknown): { stdout: string } {
  if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) };
  throw error;
}
