import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Something of ours beside a peer that does the same or less; both are timed in one run. */
export type Benchmark = {
  name: string;
  peerName: string;
  /** How many times the peer's time ours may take. */
  atMost: number;
  /** How often both are run, in turn; the fastest of each counts. */
  rounds: number;
  ours(): Promise<void>;
  peer(): Promise<void>;
};

/** Runs a Node program to its end with its output thrown away. Rejects if it could not run. */
export async function runNode(args: readonly string[], accepted: readonly number[] = [0]) {
  const child = spawn(process.execPath, args, {
    stdio: 'ignore',
    signal: AbortSignal.timeout(300_000),
  });
  const [code]: unknown[] = await once(child, 'close');
  if (typeof code !== 'number' || !accepted.includes(code)) {
    throw new Error(`node ${args.join(' ')} ended with ${String(code)}`);
  }
}
