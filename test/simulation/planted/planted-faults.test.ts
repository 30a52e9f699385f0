import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Fault } from './fault.ts';
import { otherFaults } from './other-faults.ts';
import { writeFaults } from './write-faults.ts';

const run = promisify(execFile);
const mostSeeds = 400;
let compiled: string;

beforeAll(async () => {
  compiled = await mkdtemp(path.join(tmpdir(), 'handrail-planted-'));
});
afterAll(() => rm(compiled, { recursive: true, force: true }));

describe('a fault in the product is found by the simulation', () => {
  it.concurrent.for([...writeFaults, ...otherFaults])(
    '$name',
    { timeout: 300_000 },
    async (fault) => {
      for (const { file, says } of [fault, ...(fault.also === undefined ? [] : [fault.also])]) {
        const source = await readFile(new URL(`../../../src/${file}`, import.meta.url), 'utf8');
        expect(source.split(says)).toHaveLength(2);
      }

      const atOnce = await checksThatFail(fault, fault.seed, 1);
      const found = atOnce.length > 0 ? atOnce : await checksThatFail(fault, 1, mostSeeds);

      const expected = fault.caughtBy.filter((check) => found.includes(check));
      expect({ found, expected }).not.toMatchObject({ expected: [] });
    },
  );
});

/** The checks that the first seed fails which shows the fault; none where no seed does. */
async function checksThatFail(fault: Fault, from: number, seeds: number): Promise<string[]> {
  const { stdout } = await run(
    process.execPath,
    [
      '--import',
      here('./plant.ts'),
      here('../main.ts'),
      '--first',
      '--from',
      String(from),
      '--seeds',
      String(seeds),
      '--weather',
      JSON.stringify(fault.weather),
    ],
    {
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: compiled,
        PLANTED_FAULT: JSON.stringify(fault),
      },
    },
  ).catch((error: unknown) => {
    // It ends with 1 where something was found.
    if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) };
    throw error;
  });
  return [...stdout.matchAll(/^seed \d+: "([^"]+)"/gm)].map(([, check = '']) => check);
}

function here(file: string): string {
  return new URL(file, import.meta.url).pathname;
}
