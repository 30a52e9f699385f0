import { once } from 'node:events';
import path from 'node:path';

import { watch } from 'chokidar';

import { SETTINGS } from '#adapters/files/runbook-folder.ts';
import { CliError } from '#cli/cli-error.ts';
import { tell, tellProblem } from '#cli/output.ts';

/** Editors write a file in several steps; one round covers what happens this close together. */
const SETTLE_MS = 50;
const CLEAR = '\u001b[2J\u001b[3J\u001b[H';

/**
 * Lints at once, and after each change, until Ctrl-C; the answer is that of the last round. A round
 * that comes while another runs waits for it. On a terminal each starts on an empty screen.
 */
export async function lintAgain(
  paths: readonly string[],
  lint: () => Promise<number>,
): Promise<number> {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<unknown>();
  let exitCode = await lint();
  let rounds = Promise.resolve();
  let settling: NodeJS.Timeout | null = null;

  async function round(): Promise<void> {
    if (process.stdout.isTTY) process.stdout.write(CLEAR);
    else tell(`Changed at ${new Date().toISOString().slice(11, 19)} UTC`);
    try {
      exitCode = await lint();
    } catch (error) {
      // A file that is renamed just now is back in the next round.
      if (!(error instanceof CliError)) throw error;
      tellProblem(error.message);
    }
  }

  const watcher = watch([...paths], { ignoreInitial: true, ignored: isOther });
  watcher.on('all', () => {
    if (settling !== null) return;
    settling = setTimeout(() => {
      settling = null;
      rounds = rounds.then(round);
      rounds.catch(stop);
    }, SETTLE_MS);
  });
  await once(watcher, 'ready', { signal: AbortSignal.timeout(10_000) });
  tell('Watching. Ctrl-C stops.');

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
  await stopped;
  if (settling !== null) clearTimeout(settling);
  await watcher.close();
  await rounds;
  return exitCode;
}

/** Only YAML is linted; what has no ending may be a folder. */
function isOther(file: string): boolean {
  const ending = path.extname(file);
  return path.basename(file) !== SETTINGS && ending !== '' && !/^\.ya?ml$/.test(ending);
}
