import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { openDatabase } from '#adapters/store/database.ts';
import { serverAccount } from '#adapters/store/embedded/account.ts';
import { homeOf } from '#adapters/store/embedded/places.ts';
import { readPostmaster, stopPostmaster } from '#adapters/store/embedded/postmaster.ts';
import { startEmbeddedPostgres } from '#adapters/store/embedded/start.ts';
import { eventually } from '#test/practice/shop/eventually.ts';
import type { TestDatabase } from '#test/support/database.ts';

import { openFaultProxy } from './fault-proxy.ts';

export type OwnServer = AsyncDisposable & {
  /** A new database, by an address that stays when the server is started again. */
  database(): Promise<TestDatabase>;
  /** Kills PostgreSQL, leaves it dead for a while, and starts it again. */
  restart(deadMs: number): Promise<void>;
};

const startMs = 40_000;

/** A PostgreSQL of our own, for it is killed: other tests share one. */
export async function startOwnServer(): Promise<OwnServer> {
  const folder = path.join(tmpdir(), `handrail-soak-${randomBytes(6).toString('hex')}`);
  await mkdir(folder);
  const data = `${await homeOf(folder, await serverAccount())}/data`;
  let server = await startEmbeddedPostgres({ folder });
  const proxy = await openFaultProxy(portOf(server.ownerUrl('postgres')));

  async function pid(): Promise<number> {
    const running = await readPostmaster(data);
    if (running === null) throw new Error('PostgreSQL does not run');
    return running.pid;
  }

  return {
    async database() {
      const name = `soak_${randomBytes(6).toString('hex')}`;
      await server.createDatabase(name);
      const url = proxy.through(server.url(name));
      const ownerUrl = proxy.through(server.ownerUrl(name));
      const database = await openDatabase(url, { ownerUrl });
      return {
        database,
        url,
        ownerUrl,
        async [Symbol.asyncDispose]() {
          await database.close();
          await server.dropDatabase(name);
        },
      };
    },

    async restart(deadMs) {
      process.kill(await pid(), 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, deadMs));
      // Until the last of the killed server's processes has gone, it does not start.
      server = await eventually(() => startEmbeddedPostgres({ folder }).catch(() => null), {
        withinMs: startMs,
      });
      proxy.moveTo(portOf(server.ownerUrl('postgres')));
    },

    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await stopPostmaster(await pid());
      await rm(path.dirname(data), { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
