import type { Benchmark } from './benchmark.ts';
import { lintMany } from './lint-many.ts';
import { startUp } from './start-up.ts';

/**
 * `npm run bench` prints what each benchmark takes beside its peer. Only the ratios mean something:
 * both are measured in turn, on the same machine, in the same minutes.
 */
await using many = await lintMany();
const benchmarks: readonly Benchmark[] = [startUp, many];

for (const benchmark of benchmarks) {
  const { name, peerName, atMost, rounds } = benchmark;
  let [ours, peer] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round += 1) {
    peer = Math.min(peer, await timed(() => benchmark.peer()));
    ours = Math.min(ours, await timed(() => benchmark.ours()));
  }
  const ratio = ours / peer;
  const verdict = ratio <= atMost ? 'ok' : 'too slow';
  process.stdout.write(
    `${name}: ${Math.round(ours)} ms; ${peerName}: ${Math.round(peer)} ms; ${ratio.toFixed(1)} times (at most ${atMost}): ${verdict}\n`,
  );
}

async function timed(act: () => Promise<void>): Promise<number> {
  const before = performance.now();
  await act();
  return performance.now() - before;
}
