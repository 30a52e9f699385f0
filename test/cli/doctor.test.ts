import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';

import { workplace } from '#practice/people.ts';
import { createSlackWorkspace } from '#practice/slack/workspace.ts';
import { handrail } from '#test/cli/run-cli.ts';
import { withDatabase } from '#test/support/database.ts';
import { serve } from '#test/support/serve.ts';

import { temporaryFolder } from './temporary-folder.ts';

const settingsFile = (prometheus: string) => `apiVersion: handrail/v1
kind: Settings
services: {checkout: {owner: payments, environments: [production]}}
groups: {payments: {users: [U1]}}
connections:
  prometheus: {type: prometheus, url: '${prometheus}'}
  page: {type: http, url: 'http://127.0.0.1:1', token: '\${{ secrets.PAGE_TOKEN }}'}
approvals: []
outbound: {allow: [127.0.0.1]}
incident: {severities: {SEV1: {}}, roles: [commander]}
`;

const lacking = `apiVersion: handrail/v1
kind: Settings
services:
  web: {owner: none, environments: [production], channel: '#nowhere'}
  api: {owner: some, environments: [production], channel: '#secret'}
groups: {none: {usergroup: S0NOBODY}, some: {users: [U1, U2, U3]}}
connections:
  down: {type: prometheus, url: 'http://127.0.0.1:1'}
  login: {type: prometheus, url: 'http://watcher:pass-4711@127.0.0.1:1'}
approvals: []
outbound: {allow: [127.0.0.1]}
incident: {announce: '#here', severities: {SEV1: {}}, roles: [commander]}
`;

/** A command line takes its time to start on a busy machine. */
const withinMs = 60_000;

const openWorkspace = () =>
  createSlackWorkspace({
    ...workplace,
    people: [
      { id: 'U1', name: 'ana' },
      { id: 'U3', name: 'gone', kind: 'deactivated' },
    ],
    usergroups: [],
    channels: [{ name: 'here' }, { name: 'secret', private: true, members: ['U1'] }],
    rateLimits: false,
  });

const scopes =
  'app_mentions:read,channels:history,channels:join,channels:manage,channels:read,chat:write,commands';

describe('handrail doctor', () => {
  it('tells what is missing, with a line each, and changes nothing', async () => {
    await using database = await withDatabase();
    await using slack = await serve(getRequestListener(slackStandIn().fetch));
    const metrics = new Hono().post('/api/v1/query', (call) =>
      call.json({ status: 'success', data: { resultType: 'vector', result: [] } }),
    );
    await using prometheus = await serve(getRequestListener(metrics.fetch));
    await using folder = await temporaryFolder({
      'runbooks/handrail.yaml': settingsFile(prometheus.url),
    });

    const { code, stdout, stderr } = await handrail(['doctor', '--format', 'json'], {
      cwd: folder.path,
      env: {
        DATABASE_URL: database.url,
        SLACK_API_URL: `${slack.url}/api/`,
        SLACK_BOT_TOKEN: 'xoxb-good',
        SLACK_APP_TOKEN: 'xapp-bad',
      },
      withinMs,
    });

    expect(stderr).toBe('Asking Slack, the database and each connection …\n');
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ schemaVersion: 1, ok: false });
    expect(code).toBe(1);
    const byArea = new Map<string, { status: string; text: string }>(
      found.findings.map((one: { area: string }) => [one.area, one]),
    );
    expect(byArea.get('slack bot token')).toMatchObject({ status: 'ok' });
    expect(byArea.get('slack scopes')).toMatchObject({
      status: 'problem',
      text: expect.stringContaining('users:read'),
    });
    expect(byArea.get('slack scopes')?.text).not.toContain('chat:write');
    expect(byArea.get('slack app token')?.text).toContain('invalid_auth');
    expect(byArea.get('database')).toMatchObject({ status: 'ok' });
    expect(byArea.get('migrations')).toMatchObject({ status: 'ok' });
    expect(byArea.get('bot')).toMatchObject({ status: 'notSet' });
    expect(byArea.get('runbooks')).toMatchObject({ status: 'ok', text: '0 in runbooks' });
    expect(byArea.get('connection prometheus')).toMatchObject({ status: 'ok' });
    expect(byArea.get('connection page')).toMatchObject({
      status: 'problem',
      text: expect.stringContaining('PAGE_TOKEN'),
    });
    expect(byArea.get('alerts')).toMatchObject({ status: 'notSet' });
  });

  it('goes on where the configuration, the database or the folder is no good', async () => {
    await using folder = await temporaryFolder({});
    const env = { DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/none' };

    const { code, stdout } = await handrail(['doctor'], { cwd: folder.path, env, withinMs });

    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^Problem {2}database +The database at 127\.0\.0\.1:1\/none does not answer/m,
    );
    expect(stdout).toMatch(/^Problem {2}runbooks +There is no folder runbooks/m);
    expect(stdout).not.toContain('hunter2');

    const bad = await handrail(['doctor'], { cwd: folder.path, env: { HANDRAIL_PORT: 'x' } });
    expect(bad).toMatchObject({ code: 1, stdout: expect.stringContaining('HANDRAIL_PORT') });
  });

  it('names each thing of the settings that is not there, with its mend', async () => {
    await using workspace = await openWorkspace();
    await using folder = await temporaryFolder({ 'runbooks/handrail.yaml': lacking });
    const { code, stdout } = await handrail(['doctor'], {
      cwd: folder.path,
      env: {
        SLACK_API_URL: workspace.apiUrl,
        SLACK_BOT_TOKEN: workspace.botToken,
        SLACK_APP_TOKEN: workspace.appToken,
      },
      withinMs,
    });
    const at = (area: string) => new RegExp(`^(OK|Problem) +${area} +.*$`, 'm').exec(stdout)?.[0];
    expect(code).toBe(1);
    expect(at('channel #here')).toMatch(/^OK/);
    expect(at('channel #nowhere')).toMatch(/services.web.channel .* no such channel. Make it/);
    expect(at('channel #secret')).toMatch(
      /services.api.channel .* if it is private, type \/invite/,
    );
    expect(at('group none')).toMatch(/no user group S0NOBODY.* Copy group ID/);
    expect(at('group some')).toMatch(/groups.some .* nobody is U2, the account U3 is switched off/);
    expect(at('connection down')).toMatch(/refused.* connections.down .*http:\/\/127.0.0.1:1/);
    expect(at('connection login')).toMatch(/without a user and a password/);
    expect(stdout).not.toContain('pass-4711');
  });

  it('takes a Slack that is half set for a problem, and says where the rest is had', async () => {
    await using workspace = await openWorkspace();
    await using folder = await temporaryFolder({ 'runbooks/handrail.yaml': lacking });
    const { botToken: SLACK_BOT_TOKEN, appToken: SLACK_APP_TOKEN } = workspace;
    const cases = [
      [{ SLACK_BOT_TOKEN }, /slack +SLACK_APP_TOKEN is not set.*App-Level Tokens/],
      [{ SLACK_APP_TOKEN }, /slack +SLACK_BOT_TOKEN is not set.*OAuth & Permissions/],
      [
        { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' },
        /slack bot token +Slack says invalid_auth to SLACK_BOT_TOKEN.*OAuth & Permissions[^]*Problem +slack app token +Slack says invalid_auth to SLACK_APP_TOKEN.*Socket Mode is on/,
      ],
      [
        { SLACK_BOT_TOKEN: SLACK_APP_TOKEN, SLACK_APP_TOKEN },
        /configuration +SLACK_BOT_TOKEN must be a bot token.*OAuth & Permissions/,
      ],
      [
        { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET: 'short' },
        /slack entrance +SLACK_SIGNING_SECRET: .*App Credentials/,
      ],
    ] as const;
    const ended = await Promise.all(
      cases.map(([variables]) =>
        handrail(['doctor'], {
          cwd: folder.path,
          env: { SLACK_API_URL: workspace.apiUrl, ...variables },
          withinMs,
        }),
      ),
    );
    for (const [index, { code, stdout }] of ended.entries()) {
      expect(stdout).toMatch(cases[index]?.[1] ?? /never/);
      expect(code).toBe(1);
    }
  });

  it('tells why a database lets nobody in, and that a clock is off', async () => {
    await using database = await withDatabase();
    await using slack = await serve(
      getRequestListener(slackStandIn(new Date(Date.now() - 60_000)).fetch),
    );
    await using folder = await temporaryFolder({
      'runbooks/handrail.yaml': settingsFile('http://127.0.0.1:1'),
    });
    const { stdout } = await handrail(['doctor'], {
      cwd: folder.path,
      env: {
        DATABASE_URL: database.url.replace(/[^/]+$/, 'nosuch'),
        SLACK_API_URL: `${slack.url}/api/`,
        SLACK_BOT_TOKEN: 'xoxb-good',
      },
      withinMs,
    });
    expect(stdout).toMatch(/^Problem {2}database +There is no database nosuch/m);
    expect(stdout).toMatch(
      /^Problem {2}clock +is \d+ s ahead of the clock of Slack: let both follow NTP/m,
    );
  });
});

/** Takes `xoxb-good`, with a few of the scopes. */
function slackStandIn(date = new Date()): Hono {
  return new Hono().post('/api/:method', (call) => {
    const good = call.req.header('authorization') === 'Bearer xoxb-good';
    return call.json(good ? { ok: true } : { ok: false, error: 'invalid_auth' }, 200, {
      'x-oauth-scopes': scopes,
      date: date.toUTCString(),
    });
  });
}
