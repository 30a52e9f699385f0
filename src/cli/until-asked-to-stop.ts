import { setTimeout as wait } from 'node:timers/promises';

import { tell } from './output.ts';

const closesWithinMs = 20_000;

/** Waits for SIGINT, SIGTERM or SIGHUP, then closes. One that hangs is left behind with exit code 1. */
export async function untilAskedToStop(running: { close(): Promise<void> }): Promise<void> {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  // A terminal sends its signal to every process of the group, so the same one may come twice.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve());
  await asked;
  tell('Stopping: what is under way is finished first.');
  const closed = running.close().then(() => true);
  const inTime = await Promise.race([closed, wait(closesWithinMs, false, { ref: false })]);
  if (inTime) return;
  tell('It did not stop in time. What was under way goes on at the next start.');
  process.exit(1);
}
