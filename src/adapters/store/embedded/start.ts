import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { Client } from 'pg';

import { PortError } from '#ports/port-error.ts';

import { serverAccount, type Account } from './account.ts';
import { findBinaries, type Binaries } from './binaries.ts';
import { openCluster, type Cluster } from './cluster.ts';
import { homeOf } from './places.ts';
import { readPostmaster, spawnPostmaster, stopPostmaster } from './postmaster.ts';

export type EmbeddedPostgres = {
  /** For the bot: a role that can neither change nor remove what was recorded. */
  url(database: string): string;
  /** For migrations: the role that owns the record. */
  ownerUrl(database: string): string;
  /** Makes the database on first use. */
  createDatabase(name: string): Promise<void>;
  /** Whether anybody is connected to it. */
  isUsed(name: string): Promise<boolean>;
  /** Ends the sessions of those who use it. */
  dropDatabase(name: string): Promise<void>;
  /** Stops the server unless another process is connected to it. Close all connections before. */
  close(): Promise<void>;
};

const startDeadlineMs = 60_000;

/**
 * The real PostgreSQL out of an npm package, for a machine that has none: on loopback, on a free
 * port, with a generated password, its data in `folder`. A server that runs already is used, be it
 * the orphan of a bot that was killed or that of another process; the last one to close stops it.
 */
export async function startEmbeddedPostgres(options: {
  folder: string;
}): Promise<EmbeddedPostgres> {
  const account = await serverAccount();
  const home = await homeOf(options.folder, account);
  const binaries = await findBinaries(home, account);
  const cluster = await openCluster(home, binaries, account);
  const { pid, port } = await reach(cluster, binaries, account);

  const url = (role: string, database: string): string =>
    `postgres://${role}:${cluster.password}@127.0.0.1:${port}/${database}`;
  const ownerUrl = (database: string): string => url('postgres', database);

  return {
    url: (database) => url('handrail_app', database),
    ownerUrl,

    async createDatabase(name) {
      await withClient(ownerUrl('postgres'), async (client) => {
        // One process at a time: two that make or grant the same fail each other.
        await client.query('select pg_advisory_lock(7263)');
        await ensure(client, 'select 1 from pg_roles where rolname = $1', 'handrail_app', (role) =>
          client.query(`create role ${role} login password '${cluster.password}'`),
        );
        await ensure(client, 'select 1 from pg_database where datname = $1', name, (database) =>
          client.query(`create database ${database}`),
        );
      });
      await withClient(ownerUrl(name), (client) =>
        client.query(
          `select pg_advisory_xact_lock(7263);
           grant create on database ${client.escapeIdentifier(name)} to handrail_app;
           grant create, usage on schema public to handrail_app`,
        ),
      );
    },

    isUsed: (name) => withClient(ownerUrl('postgres'), (client) => isUsedByOthers(client, name)),

    async dropDatabase(name) {
      await withClient(ownerUrl('postgres'), (client) =>
        client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`),
      );
    },

    async close() {
      const used = await withClient(ownerUrl('postgres'), (client) => isUsedByOthers(client)).catch(
        () => false,
      );
      if (!used) await stopPostmaster(pid);
    },
  };
}

/** Connects to the server that runs, or starts one; whoever loses a race uses the winner's. */
async function reach(
  cluster: Cluster,
  binaries: Binaries,
  account: Account,
): Promise<{ pid: number; port: number }> {
  const deadline = performance.now() + startDeadlineMs;
  let starts = 0;
  let exited = true;

  while (performance.now() < deadline) {
    const found = await readPostmaster(cluster.data);
    if (found?.ready && (await serves(cluster, found.port))) return found;

    // A process of that number which never gets ready is not a server of this folder.
    if (found === null && exited) {
      if (starts >= 5) break;
      starts += 1;
      exited = false;
      const server = await spawnPostmaster(cluster, binaries, account);
      server.once('exit', () => {
        exited = true;
      });
    }
    await wait(50);
  }
  const log = await readFile(join(cluster.home, 'server.log'), 'utf8').catch(() => '');
  throw new PortError(
    'database.start_failed',
    `The database in ${cluster.home} did not start. Its log ends with: ${log.trim().split('\n').slice(-3).join(' ')}`,
    { retry: false },
  );
}

async function serves(cluster: Cluster, port: number): Promise<boolean> {
  try {
    const url = `postgres://postgres:${cluster.password}@127.0.0.1:${port}/postgres`;
    return await withClient(url, async (client) => {
      const { rows } = await client.query('show data_directory');
      return rows[0]?.data_directory === cluster.data;
    });
  } catch {
    return false;
  }
}

/** The server notes a moment later that a connection, ours or a killed bot's, has ended. */
async function isUsedByOthers(client: Client, database?: string): Promise<boolean> {
  const deadline = performance.now() + 1_000;
  for (;;) {
    const { rowCount } = await client.query(
      `select from pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_backend_pid()
          and datname = coalesce($1, datname)`,
      [database ?? null],
    );
    if (rowCount === 0) return false;
    if (performance.now() > deadline) return true;
    await wait(50);
  }
}

async function ensure(
  client: Client,
  question: string,
  name: string,
  create: (quoted: string) => Promise<unknown>,
): Promise<void> {
  const { rowCount } = await client.query(question, [name]);
  if (rowCount === 0) await create(client.escapeIdentifier(name));
}

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    query_timeout: 30_000,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
