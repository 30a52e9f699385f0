/**
 * The server as its own `postmaster.pid` describes it. The file outlives a server that was killed
 * and its number may since belong to another process, so that what it says is believed only after
 * a connection was made.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { serverEnvironment, type Cluster } from './cluster.ts';

export type Postmaster = { pid: number; port: number; ready: boolean };

/** Lines: process id, data folder, start time, port, socket folder, address, memory key, state. */
export async function readPostmaster(data: string): Promise<Postmaster | null> {
  const file = join(data, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return null;
  if (await isSomethingElse(pid)) {
    // The server would take its own stale file for a running server, and refuse to start.
    await rm(file, { force: true });
    return null;
  }
  return { pid, port, ready: lines[7] === 'ready' };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Where the system tells: after a restart of a container, numbers are soon used again. */
async function isSomethingElse(pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  return command !== null && !command.includes('postgres');
}

/**
 * Starts a server that lives on if we are killed: in a session of its own, so that the terminal's
 * Ctrl-C does not stop it before the bot has finished, and with its output in a file.
 */
export async function spawnPostmaster(
  cluster: Cluster,
  binaries: Binaries,
  account: Account,
): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(await freePort()),
    unix_socket_directories: '',
    fsync: 'on',
    // Each replica holds up to twenty, and whoever reads the record some more.
    max_connections: '300',
  };
  const log = await open(join(cluster.home, 'server.log'), 'a', 0o600);
  const child = spawn(
    binaries.postgres,
    ['-D', cluster.data, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
    {
      ...account,
      cwd: cluster.home,
      detached: true,
      env: serverEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
    },
  );
  // A program that can't be started shows as a server that never gets ready.
  child.once('error', () => {});
  child.unref();
  await log.close();
  return child;
}

/** A fast shutdown, then an immediate one. Resolves when the process is gone. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    const deadline = performance.now() + 10_000;
    while (isAlive(pid) && performance.now() < deadline) await wait(20);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('server has no port');
  return address.port;
}
