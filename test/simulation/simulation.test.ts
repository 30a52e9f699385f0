import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

import { simulate } from './simulate.ts';

const run = promisify(execFile);

/** Each half is a process of its own, so that both cores of a small machine have one. */
it('holds what it promises in two thousand seeds', { timeout: 1_800_000 }, async () => {
  const halves = await Promise.all([1, 1_001].map((from) => seedsFrom(from, 1_000)));

  for (const said of halves) {
    expect(said).toMatch(
      /^seeds: 1000, violations: 0, simulated: [\d.]+ hours, seeds\/s: [\d.]+\n$/,
    );
  }
});

it('lives through the same seed in the same way', async () => {
  for (const seed of [3, 65, 173, 1_034]) {
    const [first, second] = [await traceOf(seed), await traceOf(seed)];

    expect(first.length).toBeGreaterThan(100);
    expect(second).toEqual(first);
  }
});

/** What is printed: also where it ends with 1, because something does not hold. */
async function seedsFrom(from: number, seeds: number): Promise<string> {
  const main = new URL('./main.ts', import.meta.url).pathname;
  const given = [main, '--from', String(from), '--seeds', String(seeds)];
  try {
    return (await run(process.execPath, given)).stdout;
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) return String(error.stdout);
    throw error;
  }
}

async function traceOf(seed: number): Promise<string[]> {
  const trace: string[] = [];
  await simulate(seed, (line) => trace.push(line));
  return trace;
}
