import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

const run = promisify(execFile);

it(
  'ends the incident of the report well where any ninth failure of a call befalls it',
  { timeout: 1_200_000 },
  async () => {
    const main = new URL('./every-call.ts', import.meta.url).pathname;

    const { stdout } = await run(process.execPath, [main, '--every', '9']).catch(said);

    expect(stdout).toMatch(/^calls: \d{3,}, ports: 7, failed: \d{3,}, violations: 0\n$/);
  },
);

/** It ends with 1 where something does not hold, which it has said. */
function said(error: unknown): { stdout: string } {
  if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) };
  throw error;
}
