import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { connectDatabase } from '#adapters/store/connection.ts';
import { practiceDatabase } from '#adapters/store/embedded-database.ts';
import { homeOf } from '#adapters/store/embedded/places.ts';
import { isAlive, readPostmaster } from '#adapters/store/embedded/postmaster.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#adapters/store/embedded/start.ts';

const isRoot = process.getuid?.() === 0;

let folder: string;
let servers: EmbeddedPostgres[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handrail-start-'));
  // mkdtemp closes it; whether the server's account can get there is a test of its own.
  await chmod(folder, 0o755);
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  it('listens on loopback only, keeps what is committed, and guards its password', async () => {
    const server = await start();
    await server.createDatabase('handrail');

    const settings = await query(
      server.ownerUrl('handrail'),
      `select name, setting from pg_settings
        where name in ('fsync', 'listen_addresses', 'unix_socket_directories') order by name`,
    );

    expect(settings.map(({ setting }) => setting)).toEqual(['on', '127.0.0.1', '']);
    const password = await stat(join(folder, 'database/password'));
    expect(password.mode & 0o777).toBe(0o600);
    const intruder = server.url('handrail').replace(/:[0-9a-f]+@/, ':wrong@');
    await expect(query(intruder, 'select 1')).rejects.toThrow('password authentication failed');
  });

  it('is one server for two that start at once, and stops with the last of them', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    const { pid } = await postmaster();
    await two.createDatabase('handrail');
    const user = connectDatabase(two.url('handrail'));
    await user.answers();

    await one.close();
    expect(isAlive(pid)).toBe(true);

    await user.close();
    await two.close();
    expect(isAlive(pid)).toBe(false);
  });

  it('gives a practice an empty database, and leaves that of one that runs alone', async () => {
    const first = await practiceDatabase(folder);
    await query(first.url, 'create table kept ()');
    const user = connectDatabase(first.url);
    await user.answers();
    await expect(practiceDatabase(folder)).rejects.toThrow(/^Practice runs already in /);
    expect(await query(first.url, 'select * from kept')).toEqual([]);

    await user.close();
    const second = await practiceDatabase(folder);
    await expect(query(second.url, 'select * from kept')).rejects.toThrow('does not exist');
    await second.close();
  });

  it('is found again after its bot was killed, and what was written is there', async () => {
    const bot = spawn(
      process.execPath,
      [new URL('./lonely-bot.ts', import.meta.url).pathname, folder],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(bot.stdout, 'data');
    const { pid } = await postmaster();
    bot.kill('SIGKILL');
    await once(bot, 'exit');

    const server = await start();

    expect((await postmaster()).pid).toBe(pid);
    expect(await query(server.url('handrail'), 'select * from kept')).toEqual([{ n: 1 }]);
    await server.close();
    expect(isAlive(pid)).toBe(false);
  });

  it('starts over a server that was killed, whose number another process has now', async () => {
    const first = await start();
    const { pid } = await postmaster();
    process.kill(pid, 'SIGQUIT');
    await expect.poll(() => isAlive(pid)).toBe(false);
    const file = join(folder, 'database/data/postmaster.pid');
    const lines = ['', `${folder}/database/data`, '0', '1', '', '127.0.0.1', '0', 'ready', ''];
    await writeFile(file, `${process.pid}${lines.join('\n')}`);

    const second = await start();

    expect(second.url('x')).not.toBe(first.url('x'));
    expect((await postmaster()).pid).not.toBe(process.pid);
  });

  it.runIf(isRoot)('keeps its data elsewhere when a folder above is closed to it', async () => {
    const closed = join(folder, 'home');
    await mkdir(closed, { mode: 0o700 });

    const home = await homeOf(join(closed, '.handrail'), { uid: 1, gid: 1 });

    expect(home).toMatch(/^\/var\/lib\/handrail\/[0-9a-f]{12}\/database$/);
    expect(await homeOf(join(closed, '.handrail'), null)).toBe(join(closed, '.handrail/database'));
    expect(await homeOf(folder, { uid: 1, gid: 1 })).toBe(join(folder, 'database'));
  });

  it('says what its log says when it cannot start', async () => {
    const server = await start();
    await server.close();
    const control = join(folder, 'database/data/PG_VERSION');
    await writeFile(control, '9.6\n');

    await expect(start()).rejects.toThrow(/did not start.*database files are incompatible/s);
    expect(await readFile(control, 'utf8')).toBe('9.6\n');
  });
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ folder });
  servers.push(server);
  return server;
}

async function postmaster(): Promise<{ pid: number }> {
  const found = await readPostmaster(join(folder, 'database/data'));
  if (found === null) throw new Error(`no server in ${dirname(folder)}`);
  return found;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const database = connectDatabase(url);
  try {
    return (await database.pool.query<Record<string, unknown>>(text)).rows;
  } finally {
    await database.close();
  }
}
