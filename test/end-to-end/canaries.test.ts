import { createHmac } from 'node:crypto';

import { expect, it, vi } from 'vitest';

import { ana, ben } from '#practice/people.ts';
import { handrail } from '#test/cli/run-cli.ts';
import { temporaryFolder } from '#test/cli/temporary-folder.ts';
import { call } from '#test/practice/shop/call.ts';
import {
  button,
  buttonForMe,
  incidentChannel,
  message,
  presses,
  recommended,
  sees,
} from '#test/support/at-the-screen.ts';
import { canariesIn, filesAsText, serveEcho, tablesAsText } from '#test/support/canaries.ts';
import { freePort } from '#test/support/free-port.ts';
import { type GitHubApi, serveGitHub } from '#test/support/github/github-api.ts';
import { alertToken, openWorld, type World } from '#test/support/world.ts';

/** Each with something in it that one of the spellings changes. */
const canaries = {
  CANARY_METRICS: 'metrics+canary/4f1b0a7c',
  CANARY_DEPLOYS: 'deploys canary "7d20e9b1"',
  CANARY_FLAGS: 'flags&canary<3c81d6f0>',
  CANARY_PASSWORD: 'password:canary=a91e5b27',
  CANARY_HEADER: 'header-canary-0b6f4d83',
  CANARY_CODE: 'code_canary_5e92c7a4',
  HANDRAIL_GRAFANA_TOKEN: 'grafana-canary-91c3e7d5',
  HANDRAIL_PAGERDUTY_SECRET: 'pagerduty-canary-2a8f6b04',
  HANDRAIL_GITHUB_WEBHOOK_SECRET: 'github-canary-6d17b3e9',
  HANDRAIL_TOKEN: 'hrt_canary8f2d5a60',
  CANARY_GITHUB: 't0ken-t0ken',
};

it('keeps every secret to itself, whatever targets and people say of them', async () => {
  await using world = await openWorld();
  await using echo = await serveEcho();
  await using github = await serveGitHub();
  const files = runbooksAt(echo.url, github.url);
  await using runbooks = await temporaryFolder(files);
  for (const [file, text] of Object.entries(files)) {
    github.repository.commit('main', { [`runbooks/${file}`]: text });
  }
  const port = await freePort();
  await using state = await temporaryFolder({});
  const database = new URL(world.databaseUrl);
  const password = decodeURIComponent(database.password);
  const secrets = {
    ...canaries,
    SLACK_BOT_TOKEN: world.workspace.botToken,
    SLACK_SIGNING_SECRET: world.workspace.signingSecret,
    HANDRAIL_ALERTMANAGER_TOKEN: alertToken,
    ...(password.length >= 6 && { DATABASE_URL: password }),
  };
  const bot = await world.spawnBot({
    ...canaries,
    HANDRAIL_RUNBOOKS: runbooks.path,
    HANDRAIL_OVERLAY: '',
    HANDRAIL_FOLDER: state.path,
    HANDRAIL_LOG_LEVEL: 'debug',
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: world.workspace.signingSecret,
    HANDRAIL_SLACK_PORT: String(port),
  });
  world.workspace.useRequestUrl(`http://127.0.0.1:${port}/slack/events`);

  const said = Object.values(secrets).join(' ');
  const posted = await call('POST', `${bot.webUrl}/webhooks/alertmanager`, {
    body: alertThatSays(said),
    headers: { authorization: `Bearer ${alertToken}` },
  });
  expect(posted).toMatchObject({ status: 200 });
  const { name } = await sees(world.ana, incidentChannel);
  await world.ana.type(name, `/incident note ${said}`);
  await world.ana.type(name, `/incident note ${Buffer.from(said).toString('base64')}`);
  await world.ana.type(name, `/incident update ${encodeURIComponent(said)}`);
  await sees(world.ana, message(/Update: /));
  await world.ana.type(name, `/incident nonsense ${said}`);
  await sees(world.ana, message(/Who saw it/));
  await presses(world.ana, button(/^Answer/));
  await sees(world.ana, ({ modal }) => modal);
  await world.ana.submit({ who: said });
  await sees(world.ana, message(/Ask how to go on|did not|could not|failed/i));
  await world.ana.openHome();
  await world.ana.type(name, '/incident timeline');
  await vi.waitFor(() => expect(echo.asked()).toBeGreaterThan(4), 20_000);

  await world.ana.type(name, '/incident resolve');
  await sees(world.ana, ({ modal }) => modal);
  await world.ana.submit({ Cause: said, 'Follow-ups': said });
  await presses(world.ana, button(/^Post-mortem as PR$/));
  const asks = { ...pullRequestThatSays(github, said), action: 'opened' };
  expect(await deliver(bot.webUrl, asks)).toBe(202);
  const { comments, checks, issues, pulls } = github.talk;
  const written = () => [comments, checks, issues, pulls.slice(1)].map((one) => one.length);
  await vi.waitFor(() => expect(Math.min(...written())).toBeGreaterThan(0), 60_000);

  const [id = ''] = await world.incidents();
  const { code } = await handrail(['verify', id], { env: { DATABASE_URL: world.databaseUrl } });
  expect(code).toBe(0);
  const atGitHub = {
    'comments at GitHub': JSON.stringify(comments),
    'checks at GitHub': JSON.stringify(checks),
    'issues at GitHub': JSON.stringify(issues),
    'pull requests at GitHub': JSON.stringify(pulls.slice(1)),
    'files at GitHub': JSON.stringify(github.repository.commitOf(`handrail/postmortem-${id}`)),
  };
  expect(atGitHub['files at GitHub']).toContain('Root Cause Analysis');
  expect(await leaks(world, bot, id, secrets, state.path, atGitHub)).toEqual([]);
});

it('says none of them in the incident of the report either', async () => {
  await using world = await openWorld();
  await using state = await temporaryFolder({});
  const bot = await world.spawnBot({
    ...canaries,
    HANDRAIL_FOLDER: state.path,
    HANDRAIL_LOG_LEVEL: 'debug',
  });
  await world.breakProduction();
  await presses(world.ana, button(/^Take command$/));
  await presses(world.ana, recommended(/^Roll back 1842 → 1841$/));
  await presses(world.ben, buttonForMe(/^Approve rollback$/));
  await presses(world.ana, recommended(/^Resolve$/));
  await sees(world.ana, message(/Resolved\..*Record \d+/s));

  const [id = ''] = await world.incidents();
  const secrets = {
    ...canaries,
    SLACK_BOT_TOKEN: world.workspace.botToken,
    SLACK_APP_TOKEN: world.workspace.appToken,
    HANDRAIL_ALERTMANAGER_TOKEN: alertToken,
    PRACTICE_DEPLOY_TOKEN: world.shop.deployToken,
    PRACTICE_FLAGS_TOKEN: world.shop.flagsToken,
    PRACTICE_SETTINGS_TOKEN: world.shop.settingsToken,
  };
  expect(await leaks(world, bot, id, secrets, state.path)).toEqual([]);
});

/** The sinks in which a secret stands, each with its name. */
async function leaks(
  world: World,
  bot: { webUrl: string; output(): string },
  id: string,
  secrets: Readonly<Record<string, string>>,
  folder: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const read = async (...args: string[]) => {
    const { stdout, stderr } = await handrail(args, { env: { DATABASE_URL: world.databaseUrl } });
    return stdout + stderr;
  };
  const people = { ana: world.ana, ben: world.ben, cleo: world.cleo, dan: world.dan };
  const sinks: Record<string, string> = {
    log: bot.output(),
    metrics: await (await fetch(`${bot.webUrl}/metrics`)).text(),
    refused: await (await fetch(`${bot.webUrl}/webhooks/alertmanager`, { method: 'POST' })).text(),
    markdown: await read('timeline', id),
    json: await read('timeline', id, '--format', 'json'),
    html: await read('timeline', id, '--format', 'html'),
    postmortem: await read('postmortem', id),
    stakeholders: await read('postmortem', id, '--stakeholders'),
    ...(await tablesAsText(world.db)),
    ...(await filesAsText(folder)),
    ...more,
  };
  for (const [name, person] of Object.entries(people)) {
    sinks[`what ${name} sees`] = JSON.stringify(await person.see());
  }
  const empty = Object.entries(sinks).filter(([, text]) => text === '');
  expect(empty.map(([name]) => name)).not.toContain('log');
  expect(sinks['what ana sees']?.length).toBeGreaterThan(5_000);
  process.stdout.write(
    `secrets: ${Object.keys(secrets).length}, looked for in ${Object.keys(sinks).length} places\n`,
  );
  return Object.entries(sinks).flatMap(([sink, text]) =>
    canariesIn(text, secrets).map((secret) => `${secret} in ${sink}`),
  );
}

/** Of somebody who has written secrets into a runbook, where a comment and a check speak of them. */
function pullRequestThatSays({ repository, talk }: GitHubApi, said: string) {
  const quoted = JSON.stringify(said);
  const sha = repository.commit(
    'leaky',
    {
      'runbooks/leaky.yaml': `
apiVersion: handrail/v1
kind: Runbook
id: leaky
title: ${quoted}
service: canary
owner: crew
steps:
  - {id: tell, title: ${quoted}, uses: manual, with: {instructions: ${quoted}}, next: {done: ${quoted}}}
`,
    },
    { from: 'main' },
  );
  const { number } = talk.pull('leaky');
  const full_name = 'acme/runbooks';
  return { number, pull_request: { head: { sha } }, repository: { full_name } };
}

async function deliver(webUrl: string, payload: object): Promise<number> {
  const body = JSON.stringify(payload);
  const secret = canaries.HANDRAIL_GITHUB_WEBHOOK_SECRET;
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'pull_request',
    'x-hub-signature-256': `sha256=${signature}`,
  };
  const sent = await fetch(`${webUrl}/webhooks/github`, { method: 'POST', headers, body });
  return sent.status;
}

function runbooksAt(url: string, githubUrl: string): Record<string, string> {
  return {
    'handrail.yaml': `
apiVersion: handrail/v1
kind: Settings
services:
  canary:
    owner: crew
    channel: '#checkout'
    environments: [staging]
    connections: {metrics: metrics, deploys: deploys, flags: flags, http: http, code: code}
connections:
  metrics: {type: prometheus, url: '${url}', token: '\${{ secrets.CANARY_METRICS }}'}
  deploys: {type: deploy-api, url: '${url}', token: '\${{ secrets.CANARY_DEPLOYS }}'}
  flags: {type: http, url: '${url}', token: '\${{ secrets.CANARY_FLAGS }}'}
  http: {type: http, url: '${url}', user: us, password: '\${{ secrets.CANARY_PASSWORD }}', headers: {x-key: '\${{ secrets.CANARY_HEADER }}'}}
  code: {type: github, url: '${url}', token: '\${{ secrets.CANARY_CODE }}', repository: acme/canary}
  github: {type: github, url: '${githubUrl}', token: '\${{ secrets.CANARY_GITHUB }}', repository: acme/runbooks}
groups: {crew: {users: [${ana}, ${ben}]}}
approvals: [{environments: [staging], actions: ['*'], required: 0, groups: [crew]}]
alerts: [{match: {alertname: Canary}, severity: SEV1, declare: auto}]
incident: {severities: {SEV1: {invite: [crew]}}}
outbound: {allow: [127.0.0.0/8]}
runbooks: {connection: github, repository: acme/runbooks, branch: main}
postmortem: {connection: github, repository: acme/runbooks}
`,
    'echo.yaml': `
apiVersion: handrail/v1
kind: Runbook
id: canary-echo
title: Targets that tell all
service: canary
owner: crew
triggers: [{alert: {alertname: Canary}}]
inputs: {environment: {type: string, default: staging}}
steps:
  - id: reads
    title: Everything that can be read
    uses: parallel
    steps:
      - {id: http, uses: check.http, with: {connection: http, url: /}}
      - {id: metric, uses: check.metric, with: {query: up, connection: metrics}, pass: '> 0'}
      - {id: deploys, uses: deploys.list}
      - {id: flag, uses: flags.get, with: {flag: f}}
  - {id: form, title: Who saw it, uses: form, with: {question: Who saw it, fields: {who: {type: string}}}, outputs: {who: result.values.who}}
  - {id: flip, title: Set a flag, uses: flags.set, with: {flag: f, value: true}, next: {failed: send, unknown: send}}
  - {id: send, title: Send it, uses: http.request, with: {connection: http, url: '/?who=\${{ steps.form.outputs.who }}', method: POST}, next: {failed: back, unknown: back}}
  - {id: back, title: Roll back, uses: deploys.rollback}
`,
  };
}

function alertThatSays(said: string) {
  const labels = { alertname: 'Canary', said };
  const annotations = { summary: `Somebody printed ${said}` };
  const startsAt = new Date().toISOString();
  return {
    version: '4',
    status: 'firing',
    groupKey: `{}:{said="${said}"}`,
    commonLabels: labels,
    commonAnnotations: annotations,
    alerts: [
      {
        status: 'firing',
        labels,
        annotations,
        startsAt,
        endsAt: '0001-01-01T00:00:00Z',
        fingerprint: 'a1b2c3',
        generatorURL: '',
      },
    ],
  };
}
