import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

export type Command = readonly [command: string, ...args: string[]];
export type Contender = { name: string; command: Command };

/** Something of ours beside peers that do the same or less. */
export type Comparison = {
  what: string;
  ours: Contender;
  peers: readonly (Contender & { /** How many times its time ours may take. */ atMost?: number })[];
  /** Milliseconds that it can't be done in less than, and how many times that it may take. */
  floor?: { name: string; ms: number; atMost: number };
  /** Peers that are not installed here. */
  missing?: readonly string[];
  rounds: number;
};

/**
 * Runs all in turn, so that whatever else the machine does is everybody's share, and prints the
 * fastest of each. Only the ratios mean something: they are of the same minutes on the same machine.
 */
export function compare({ what, ours, peers, floor, missing, rounds }: Comparison): void {
  const all = [ours, ...peers];
  const fastest = new Map<Contender, number>();
  // The first time fills the caches, everybody's.
  for (const { command } of all) timed(command);
  for (let round = 0; round < rounds; round += 1) {
    for (const one of all) {
      const known = fastest.get(one) ?? Number.POSITIVE_INFINITY;
      fastest.set(one, Math.min(known, timed(one.command)));
    }
  }

  const own = fastest.get(ours) ?? 0;
  print(`${what}, the fastest of ${rounds}`);
  print(row(ours.name, own));
  for (const peer of peers) {
    const ms = fastest.get(peer) ?? 0;
    print(row(peer.name, ms) + ratio(own / ms, peer.atMost));
  }
  if (floor !== undefined) print(row(floor.name, floor.ms) + ratio(own / floor.ms, floor.atMost));
  for (const peer of missing ?? []) print(`  ${peer} is not installed here and was left out`);
}

function row(name: string, ms: number): string {
  return `  ${name.padEnd(34)} ${ms.toFixed(0).padStart(6)} ms`;
}

function ratio(times: number, atMost: number | undefined): string {
  const aim = atMost === undefined ? '' : ` (aim ${atMost}: ${times <= atMost ? 'ok' : 'missed'})`;
  return `   ours takes ${times.toFixed(2)} times that${aim}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function timed([command, ...args]: Command): number {
  const startedAt = performance.now();
  const { status, error } = spawnSync(command, args, { stdio: 'ignore', timeout: 300_000 });
  if (error !== undefined || status !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with ${status}`, { cause: error });
  }
  return performance.now() - startedAt;
}
