import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

import { simulate } from './simulate.ts';

const run = promisify(execFile);

it('holds what it promises in hundreds of seeds', { timeout: 1_200_000 }, async () => {
  const main = new URL('./main.ts', import.meta.url).pathname;

  const { stdout } = await run(process.execPath, [main, '--seeds', '300']);

  expect(stdout).toMatch(/^seeds: 300, violations: 0, simulated: [\d.]+ hours, seeds\/s: \d+\n$/);
});

it('lives through the same seed in the same way', async () => {
  for (const seed of [3, 65, 173, 1_034]) {
    const [first, second] = [await traceOf(seed), await traceOf(seed)];

    expect(first.length).toBeGreaterThan(100);
    expect(second).toEqual(first);
  }
});

async function traceOf(seed: number): Promise<string[]> {
  const trace: string[] = [];
  await simulate(seed, (line) => trace.push(line));
  return trace;
}
