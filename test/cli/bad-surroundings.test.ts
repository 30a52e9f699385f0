import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { SettingsError } from '#adapters/files/settings-error.ts';
import { connectDatabase } from '#adapters/store/connection.ts';
import { PortError } from '#ports/port-error.ts';
import { startBot } from '#src/compose.ts';
import { readConfig } from '#src/config.ts';
import { slackStandIn } from '#test/adapters/slack/slack-stand-in.ts';
import { type TestDatabase, withDatabase } from '#test/support/database.ts';

import { temporaryFolder } from './temporary-folder.ts';

type Env = Readonly<Record<string, string>>;

const refuse = () => ({ ok: false, error: 'invalid_auth' });

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let slack: Awaited<ReturnType<typeof slackStandIn>>;
let refusing: Awaited<ReturnType<typeof slackStandIn>>;
let database: TestDatabase;
const spoiled: TestDatabase[] = [];
let folders = 0;

beforeAll(async () => {
  folder = await temporaryFolder({ file: 'x' });
  slack = await slackStandIn();
  refusing = await slackStandIn({ 'auth.test': refuse });
  database = await withDatabase();
});
afterAll(async () => {
  for (const opened of [...spoiled, database, slack, refusing, folder]) {
    await opened[Symbol.asyncDispose]();
  }
});

const at = (name: string): string => path.join(folder.path, name);

/** What `handrail start` would say before it ends; empty when it starts. */
async function refusalOf(env: Env): Promise<string> {
  const read = readConfig(env);
  if ('problems' in read) return read.problems.join('\n');
  try {
    const bot = await startBot(read.config);
    await bot.close();
    return '';
  } catch (error) {
    if (error instanceof SettingsError) {
      return error.diagnostics
        .map(
          ({ file, line, column, rule, message }) =>
            `${file}:${line}:${column}: ${rule}: ${message}`,
        )
        .join('\n');
    }
    if (error instanceof PortError) return error.message;
    throw error;
  }
}

const surroundings = (more: Env): Env => ({
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_APP_TOKEN: 'xapp-1',
  SLACK_API_URL: slack.apiUrl,
  DATABASE_URL: database.url,
  HANDRAIL_FOLDER: at('own'),
  HANDRAIL_RUNBOOKS: 'runbooks',
  HANDRAIL_PORT: '0',
  HANDRAIL_LOG_LEVEL: 'silent',
  ...more,
});

describe('surroundings that are wrong', () => {
  it('start when there is nothing wrong', async () => {
    expect(await refusalOf(surroundings({}))).toBe('');
  });

  it.each<[string, () => Env | Promise<Env>, RegExp]>([
    [
      'a bot token that Slack refuses',
      () => ({ SLACK_API_URL: refusing.apiUrl }),
      /Slack does not take the bot token: invalid_auth\. .* OAuth & Permissions/,
    ],
    [
      'a signing secret that is too short',
      () => ({ SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'abc' }),
      /signing secret is missing or too short/,
    ],
    [
      'a database that is not there',
      () => ({ DATABASE_URL: 'postgres://u@127.0.0.1:1/x' }),
      /^The database at 127\.0\.0\.1:1\/x does not answer\. Check DATABASE_URL/,
    ],
    [
      'a wrong password',
      () => ({ DATABASE_URL: changed(database.url, { password: 'wrong' }) }),
      /does not let handrail_app in\. Check the name and the password in DATABASE_URL/,
    ],
    [
      'a database of no such name',
      () => ({ DATABASE_URL: changed(database.url, { pathname: '/none' }) }),
      /^There is no database none at 127\.0\.0\.1:\d+\. Create it, or mend DATABASE_URL/,
    ],
    [
      'a role without rights',
      roleWithoutRights,
      /^The role powerless may not make Handrail's tables .* DATABASE_OWNER_URL/,
    ],
    [
      'a schema of a newer version',
      newerSchema,
      /made by a newer version of Handrail \(it has 9999-later\)/,
    ],
    [
      'a port that is taken',
      async () => ({ HANDRAIL_PORT: await takenPort() }),
      /^Port \d+ on 127\.0\.0\.1 can't be listened on\. .* Set HANDRAIL_PORT/,
    ],
    [
      'a host that is not this machine',
      () => ({ HANDRAIL_HOST: '192.0.2.1' }),
      /^Port 0 on 192\.0\.2\.1 can't be listened on/,
    ],
    [
      'no folder of runbooks',
      () => ({ HANDRAIL_RUNBOOKS: at('none') }),
      /^There is no folder .*none to read runbooks from\. HANDRAIL_RUNBOOKS names another/,
    ],
    [
      'a file for a folder of runbooks',
      () => ({ HANDRAIL_RUNBOOKS: at('file') }),
      /^There is no folder .*file to read runbooks from/,
    ],
    [
      'no overlay',
      () => ({ HANDRAIL_OVERLAY: at('none.yaml') }),
      /none\.yaml:1:1: bad-value: this file is missing/,
    ],
    ['an overlay of another kind', () => overlayOf('kind: Runbook'), /overlay\.yaml:\d+:\d+: /],
    ['no settings', () => folderOf(null), /handrail\.yaml:1:1: bad-value: this file is missing/],
    ['empty settings', () => folderOf(''), /handrail\.yaml:1:1: /],
    ['settings that are no YAML', () => folderOf('services: [a'), /handrail\.yaml:1:\d+: /],
    [
      'settings of another kind',
      () => folderOf('apiVersion: handrail/v1\nkind: Runbook'),
      /handrail\.yaml:\d:\d: /,
    ],
    [
      'settings of a later version',
      () => folderOf('apiVersion: handrail/v2\nkind: Settings'),
      /handrail\.yaml:1:\d+: /,
    ],
    [
      'an unknown key',
      () => settingsOf('service: {}'),
      /handrail\.yaml:4:1: unknown-key: .*"service"/,
    ],
    [
      'a key that stands twice',
      () => settingsOf('services: {}'),
      /handrail\.yaml:4:1: duplicate-key: .*3:1/,
    ],
    [
      'an owner that is no group',
      () => settingsOf(undefined, '{shop: {owner: nobody, environments: [production]}}'),
      /handrail\.yaml:3:\d+: unknown-group: /,
    ],
    [
      'a connection that is not there',
      () =>
        settingsOf(
          'groups: {a: {users: [U1]}}',
          '{shop: {owner: a, environments: [production], connections: {metrics: none}}}',
        ),
      /handrail\.yaml:3:\d+: unknown-connection: /,
    ],
    [
      'a connection of an unknown type',
      () => settingsOf('connections: {a: {type: datadog}}'),
      /handrail\.yaml:4:\d+: bad-value: type: expected .*prometheus/,
    ],
    [
      'approvals by an unknown group',
      () => settingsOf(`approvals: [{actions: ['*'], required: 1, groups: [nobody]}]`),
      /handrail\.yaml:4:\d+: unknown-group: /,
    ],
    [
      'a duration of another spelling',
      () =>
        settingsOf('groups: {a: {users: [U1]}}\nescalation: {SEV1: [{after: 5 minutes, tell: a}]}'),
      /handrail\.yaml:5:\d+: duration-spelling: /,
    ],
    [
      'a group of two kinds',
      () => settingsOf('groups: {a: {users: [U1], usergroup: S1}}'),
      /handrail\.yaml:4:\d+: bad-value: .*one of/,
    ],
  ])('are refused by name: %s', async (_name, more, said) => {
    expect(await refusalOf(surroundings(await more()))).toMatch(said);
  });
});

function settingsOf(more = '', services = '{}'): Promise<Env> {
  return folderOf(`apiVersion: handrail/v1\nkind: Settings\nservices: ${services}\n${more}\n`);
}

async function folderOf(text: string | null): Promise<Env> {
  folders += 1;
  const runbooks = at(`runbooks-${folders}`);
  await mkdir(runbooks);
  if (text !== null) await writeFile(path.join(runbooks, 'handrail.yaml'), text);
  return { HANDRAIL_RUNBOOKS: runbooks };
}

async function overlayOf(text: string): Promise<Env> {
  await writeFile(at('overlay.yaml'), text);
  return { HANDRAIL_OVERLAY: at('overlay.yaml') };
}

function changed(
  url: string,
  to: { password?: string; pathname?: string; username?: string },
): string {
  return Object.assign(new URL(url), to).href;
}

async function roleWithoutRights(): Promise<Env> {
  const url = await spoil(`
    drop schema graphile_worker cascade; drop table kysely_migration;
    drop role if exists powerless; create role powerless login password 'powerless'`);
  return { DATABASE_URL: changed(url, { username: 'powerless', password: 'powerless' }) };
}

async function newerSchema(): Promise<Env> {
  return {
    DATABASE_URL: await spoil(`insert into kysely_migration values ('9999-later', 'now')`),
  };
}

/** A database of its own, after its owner has done this to it. */
async function spoil(statements: string): Promise<string> {
  const given = await withDatabase();
  spoiled.push(given);
  const owner = connectDatabase(given.ownerUrl);
  await owner.pool.query(statements);
  await owner.close();
  return given.url;
}

async function takenPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const address = server.address();
  return String(address !== null && typeof address !== 'string' ? address.port : 0);
}
