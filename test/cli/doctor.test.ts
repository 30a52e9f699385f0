import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';

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

    const { code, stdout } = await handrail(['doctor'], { cwd: folder.path, env });

    expect(code).toBe(1);
    expect(stdout).toMatch(/^Problem {2}database +127\.0\.0\.1:1\/none does not answer/m);
    expect(stdout).toMatch(/^Problem {2}runbooks +There is no folder runbooks/m);
    expect(stdout).not.toContain('hunter2');

    const bad = await handrail(['doctor'], { cwd: folder.path, env: { HANDRAIL_PORT: 'x' } });
    expect(bad).toMatchObject({ code: 1, stdout: expect.stringContaining('HANDRAIL_PORT') });
  });
});

/** Takes `xoxb-good`, with a few of the scopes. */
function slackStandIn(): Hono {
  return new Hono().post('/api/:method', (call) => {
    const good = call.req.header('authorization') === 'Bearer xoxb-good';
    return call.json(good ? { ok: true } : { ok: false, error: 'invalid_auth' }, 200, {
      'x-oauth-scopes': scopes,
      date: new Date().toUTCString(),
    });
  });
}
