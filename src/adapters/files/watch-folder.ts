import { realpath } from 'node:fs/promises';

import { watch, type FSWatcher } from 'chokidar';

/** Editors write a file in several steps; one call covers what happens this close together. */
const settleMs = 50;
/** A path whose link points elsewhere now, as deployments by work trees do, says so to nobody. */
const placeEveryMs = 5_000;
const startMs = 10_000;

/**
 * Calls `changed` after anything below the folder, or one of the other files, has changed. Follows the
 * folder's own path when a link in it is pointed elsewhere. Where the disk fails it begins anew, and
 * calls `changed` for what it may have missed.
 */
export async function watchFolder(
  folder: string,
  others: readonly string[],
  changed: () => void,
  { lookEveryMs = placeEveryMs } = {},
): Promise<{ close(): Promise<void> }> {
  let settling: NodeJS.Timeout | null = null;
  function soon(): void {
    settling ??= setTimeout(() => {
      settling = null;
      changed();
    }, settleMs);
  }

  let broken = false;
  async function start(): Promise<FSWatcher> {
    const ready = Promise.withResolvers<void>();
    const watcher = watch([folder, ...others], { ignoreInitial: true });
    watcher.on('all', soon);
    watcher.on('ready', ready.resolve);
    watcher.on('error', () => {
      broken = true;
      ready.resolve();
    });
    setTimeout(ready.resolve, startMs).unref();
    await ready.promise;
    return watcher;
  }

  let place = await placeOf(folder);
  let watcher = await start();
  let moving: Promise<void> = Promise.resolve();
  const looking = setInterval(() => {
    moving = moving.then(follow).catch(() => {});
  }, lookEveryMs).unref();

  async function follow(): Promise<void> {
    const now = await placeOf(folder);
    if (now === null || (now === place && !broken)) return;
    broken = false;
    // First, for two watchers of one path share what they look at; then all is read anew.
    await watcher.close();
    watcher = await start();
    place = now;
    soon();
  }

  return {
    async close() {
      clearInterval(looking);
      await moving;
      if (settling !== null) clearTimeout(settling);
      await watcher.close();
    },
  };
}

function placeOf(folder: string): Promise<string | null> {
  return realpath(folder).catch(() => null);
}
