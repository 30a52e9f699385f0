import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { Client } from 'pg';

import { PortError } from '#ports/port-error.ts';

import { findAccount, type Account } from './account.ts';
import { findBinaries, isOpenToAll, type Binaries } from './binaries.ts';

export type EmbeddedPostgres = { url: string; close(): Promise<void> };

const startsWithinMs = 30_000;

/**
 * A real PostgreSQL on this machine, for when there is no `DATABASE_URL`. Its data and its generated
 * password (0600) are kept in `folder`. A server that outlived a killed bot is found by its pid file
 * and used again. Listens on loopback only.
 */
export async function startEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  await mkdir(folder, { recursive: true });
  const account = await findAccount();
  const data = await dataFolder(path.resolve(folder), account);
  const password = await passwordIn(folder);

  const running = await findRunning(data, password);
  if (running !== null) {
    const adopted = await own(folder);
    return {
      url: running.url,
      close: () => (adopted ? stop(running.pid, data) : Promise.resolve()),
    };
  }

  const binaries = await findBinaries(account !== null);
  await initialise(binaries, data, password, account);
  const port = await freePort();
  const postgres = spawn(
    binaries.postgres,
    [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=`,
      '-c',
      'max_connections=200',
    ],
    { ...account, stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  let said = '';
  postgres.stderr.on('data', (chunk) => (said = `${said}${chunk}`.slice(-4_000)));
  postgres.on('error', (error) => (said += error.message));
  postgres.unref();

  const url = urlOf(port, password);
  const deadline = Date.now() + startsWithinMs;
  while (!(await answers(url))) {
    if (postgres.exitCode !== null || Date.now() > deadline) {
      throw new PortError(
        'database.not-started',
        `The embedded PostgreSQL did not start: ${lastLine(said)}`,
        { retry: false },
      );
    }
    await wait(50);
  }
  await own(folder);
  const { pid } = postgres;
  return { url, close: () => (pid === undefined ? Promise.resolve() : stop(pid, data)) };
}

/** Where PostgreSQL's user can reach it: beside us, else under the machine's folder for such things. */
async function dataFolder(folder: string, account: Account): Promise<string> {
  const here = path.join(folder, 'postgres');
  if (account === null || (await isOpenToAll(folder))) return here;
  const name = Buffer.from(here).toString('base64url').slice(-40);
  return path.join(tmpdir(), `handrail-data-${name}`);
}

async function passwordIn(folder: string): Promise<string> {
  const file = path.join(folder, 'postgres.password');
  try {
    await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}

async function initialise(
  binaries: Binaries,
  data: string,
  password: string,
  account: Account,
): Promise<void> {
  const known = await readFile(path.join(data, 'PG_VERSION'), 'utf8').catch(() => null);
  if (known !== null) return;
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true, mode: 0o700 });
  const passwordFile = path.join(tmpdir(), `handrail-${randomBytes(8).toString('hex')}`);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== null) {
    await chown(data, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  await chmod(data, 0o700);
  try {
    await initdb(binaries, data, passwordFile, account);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function initdb(binaries: Binaries, data: string, passwordFile: string, account: Account) {
  const child = spawn(
    binaries.initdb,
    [
      '-D',
      data,
      '--username=handrail',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
    ],
    { ...account, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk) => (said = `${said}${chunk}`.slice(-4_000)));
  return new Promise<void>((resolve, reject) => {
    const fail = (why: string) =>
      reject(
        new PortError('database.not-made', `The embedded PostgreSQL could not be set up: ${why}`, {
          retry: false,
        }),
      );
    child.on('error', (error) => fail(error.message));
    child.on('close', (code) => (code === 0 ? resolve() : fail(lastLine(said))));
  });
}

/** The server that runs on this data, if one does and lets us in. */
async function findRunning(data: string, password: string) {
  const file = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => null);
  const lines = file?.split('\n') ?? [];
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port) || !isAlive(pid)) return null;
  const url = urlOf(port, password);
  return (await answers(url)) ? { pid, url } : null;
}

/**
 * Makes this process the one that stops the server at its end. False while another one lives that
 * is: whoever only found the server leaves it running.
 */
async function own(folder: string): Promise<boolean> {
  const file = path.join(folder, 'postgres.owner');
  const owner = Number(await readFile(file, 'utf8').catch(() => ''));
  if (owner > 0 && owner !== process.pid && isAlive(owner)) return false;
  await writeFile(file, String(process.pid));
  return true;
}

async function stop(pid: number, data: string): Promise<void> {
  if (!isAlive(pid)) return;
  // «Fast»: ends sessions, writes what is needed, exits.
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + 10_000;
  const file = path.join(data, 'postmaster.pid');
  while (Date.now() < deadline && isAlive(pid)) {
    if ((await readFile(file).catch(() => null)) === null) return;
    await wait(20);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

function urlOf(port: number, password: string): string {
  return `postgres://handrail:${password}@127.0.0.1:${port}/postgres`;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
