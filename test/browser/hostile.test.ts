import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';

import { ana, cleo, dan, workplace } from '#practice/people.ts';
import { handrail } from '#test/cli/run-cli.ts';
import { temporaryFolder } from '#test/cli/temporary-folder.ts';
import { call } from '#test/practice/shop/call.ts';
import { button, incidentChannel, message, presses, sees } from '#test/support/at-the-screen.ts';
import { serveGitHub } from '#test/support/github/github-api.ts';
import { serve } from '#test/support/serve.ts';
import { alertToken, openWorld } from '#test/support/world.ts';

import { openEyes } from './support/look.ts';

/** Whatever of it gets through leaves `window.h4x`, calls h4x.example, or calls somebody. */
const pieces = [
  '<script>window.h4x=1</script><img src="http://h4x.example/i" onerror="window.h4x=2">',
  `<!channel> <!here> <!everyone> <@${cleo}> <!subteam^S0PAYMENTS> @channel h4x`,
  '[h4x](javascript:window.h4x=3) <javascript:window.h4x=4|h4x> <http://h4x.example|your bank>',
  '```\n<!channel> h4x\n``` `h4x` *h4x* _h4x_ ~h4x~',
  '"\'><svg onload=window.h4x=5> --> ]]> </pre></style></title> ${{ secrets.X }} {{7*7}}',
  '=HYPERLINK("http://h4x.example","h4x")',
  'h4x \u202Egnp.exe \u2066\u200B\u0000\u001B[31m \uD800 \uFEFF',
];
const hostile = pieces.join(' ');
const long = `h4x ${'<!channel> '.repeat(9_000)}`;

it('shows what strangers wrote as text: nobody is called, no script runs, nothing is loaded', async () => {
  await using target = await serveHostile();
  await using github = await serveGitHub();
  const shas = [hostile, ...pieces].map((said) =>
    github.repository.commit('main', { [`${said.length}.ts`]: said }, { message: said }),
  );
  const between = `from: '${shas[0]}', to: '${shas.at(-1)}'`;
  await using runbooks = await temporaryFolder(runbooksAt(target.url, github.url, between));
  const people = workplace.people?.map((one) =>
    one.id === dan ? { ...one, name: `dan ${pieces[1]}`, realName: `Dan ${hostile}` } : one,
  );
  await using world = await openWorld({ slack: { ...workplace, ...(people && { people }) } });
  const bot = await world.startBot({
    HANDRAIL_RUNBOOKS: runbooks.path,
    HANDRAIL_OVERLAY: '',
    HANDRAIL_GRAFANA_TOKEN: alertToken,
    HANDRAIL_PAGERDUTY_SECRET: alertToken,
    GITHUB_TOKEN: 't0ken-t0ken',
    DEPLOY_TOKEN: 't0ken-of-deploys',
  });
  await using eyes = await openEyes({ trouble: /Content Security Policy/ });
  const screen = await eyes.open(new URL(`?as=${ana}`, world.workspace.pageUrl));
  const called = callsOf(screen);

  const post = (source: string, body: object) => {
    const signature = createHmac('sha256', alertToken).update(JSON.stringify(body)).digest('hex');
    const headers = {
      authorization: `Bearer ${alertToken}`,
      'x-pagerduty-signature': `v1=${signature}`,
    };
    return call('POST', `${bot.webUrl}/webhooks/${source}`, { body, headers });
  };
  expect((await post('alertmanager', hostileAlert(hostile))).status).toBe(200);
  const { name } = await sees(world.ana, incidentChannel);
  await sees(world.ana, message(/Answered 200/));
  await world.ana.type('checkout', '/incident list');
  await world.dan.join(name);
  for (const text of [...pieces, long.slice(0, 30_000)]) {
    await world.dan.type(name, `/incident note ${text}`);
  }
  await world.dan.type(name, `/incident update ${hostile}`);
  await sees(world.ana, message(/Update: /));
  await world.ana.type(name, '/incident timeline');
  await presses(world.ana, button(/^Answer/));
  await sees(world.ana, ({ modal }) => modal);
  expect(await world.ana.submit({ who: hostile.slice(0, 2_000) })).toMatchObject({ ok: true });
  await sees(world.ana, message(/Ana has .*h4x/));
  const grafana = { ...hostileAlert(`grafana ${hostile}`), version: '1', orgId: 1 };
  expect((await post('grafana', grafana)).status).toBe(200);
  expect((await post('pagerduty', hostilePage())).status).toBe(200);
  await sees(world.ana, ({ channels }) => channels.filter(isIncident).length === 3);
  await world.ana.type('checkout', '/runbook list');
  await world.ana.openHome();

  const sight = await world.ana.see();
  const ours = sight.channels.flatMap(({ messages }) =>
    messages.filter(({ author }) => author.isApp),
  );
  const texts = ours.flatMap((one) => [one.text, ...mrkdwnIn(one.blocks)]);
  expect(texts.join('\n')).toContain('h4x');
  for (const source of ['Deployed by', 'Committed', 'Ana has', 'grafana']) {
    expect(JSON.stringify(ours)).toMatch(new RegExp(`${source} .{0,200}h4x`));
  }
  expect(texts.flatMap(controlsIn).filter(isForeign)).toEqual([]);

  for (const { id: channel } of sight.channels.filter(({ messages }) => messages.length > 0)) {
    await screen.goto(String(new URL(`?as=${ana}&channel=${channel}`, world.workspace.pageUrl)));
    await screen.getByRole('article').first().waitFor();
    await isInert(screen, called, new URL(world.workspace.pageUrl).origin);
  }

  const id = (await world.incidents()).at(-1) ?? '';
  const env = { DATABASE_URL: world.databaseUrl };
  const html = (await handrail(['timeline', id, '--format', 'html'], { env })).stdout;
  expect(html).toContain('h4x');
  expect(html).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  await using file = await temporaryFolder({ 'timeline.html': html });
  const timeline = await eyes.open('about:blank');
  const loaded = callsOf(timeline);
  await timeline.goto(`file://${path.join(file.path, 'timeline.html')}`);
  await isInert(timeline, loaded, 'file://');
  process.stdout.write(
    `hostile texts: ${pieces.length + 1}, in ${ours.length} messages of ours and a timeline of ${html.length} characters: inert\n`,
  );
});

function isIncident({ name }: { name: string }): boolean {
  return name.startsWith('inc-');
}

/** What a page asks for from now on. */
function callsOf(page: Page): string[] {
  const urls: string[] = [];
  page.on('request', (request) => urls.push(request.url()));
  page.on('dialog', (dialog) => urls.push(`dialog: ${dialog.message()}`));
  return urls;
}

async function isInert(page: Page, called: readonly string[], origin: string): Promise<void> {
  expect(await page.locator('body').innerText()).toContain('h4x');
  expect(await page.evaluate('typeof window.h4x')).toBe('undefined');
  expect(called.filter((url) => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual([]);
  const doors =
    'a[href^="javascript:" i], [src*="h4x"], [href*="h4x"], [onerror], [onload], svg[onload]';
  expect(await page.locator(doors).count()).toBe(0);
}

/** Every text that Slack reads for its controls. */
function mrkdwnIn(blocks: unknown): string[] {
  const found: string[] = [];
  JSON.stringify(blocks, (_key, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'type' in value) {
      if (value.type === 'mrkdwn' && 'text' in value) found.push(String(value.text));
      if (value.type === 'markdown' && 'text' in value) found.push(String(value.text));
      if (value.type === 'link' && 'url' in value) found.push(`<${String(value.url)}>`);
      if (value.type === 'user' && 'user_id' in value) found.push(`<@${String(value.user_id)}>`);
      if (value.type === 'broadcast') found.push('<!channel>');
    }
    return value;
  });
  return found;
}

function controlsIn(text: string): string[] {
  return [...text.matchAll(/<[^>]*>/g)].map(([control]) => control);
}

/** Not ours: a call of everybody or of somebody whom only the strangers named, or a link of theirs. */
function isForeign(control: string): boolean {
  return /^<!(?!date)/.test(control) || control.includes(cleo) || /h4x|javascript:/.test(control);
}

function serveHostile() {
  const at = new Date().toISOString();
  const deployments = ['d-2', 'd-1'].map((id) => ({
    id,
    build: hostile.slice(0, 200),
    commit: hostile.slice(0, 200),
    actor: hostile,
    kind: 'deploy',
    status: 'succeeded',
    startedAt: at,
    finishedAt: at,
    rolledBackFrom: null,
    url: 'javascript:window.h4x=9',
    commits: pieces,
    files: pieces,
  }));
  return serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'x-note': '<!channel> h4x' });
    response.end(JSON.stringify({ message: hostile, deployments }));
  });
}

/** What is hostile in a runbook is text as well, as far as it can be one. */
const titles = pieces.map((piece) => JSON.stringify(piece.replaceAll(/[$]\{\{.*?\}\}/g, '')));

function runbooksAt(url: string, githubUrl: string, between: string): Record<string, string> {
  return {
    'handrail.yaml': `
apiVersion: handrail/v1
kind: Settings
services: {target: {owner: crew, channel: '#checkout', environments: [staging], connections: {http: http, deploys: deploys}}}
connections:
  http: {type: http, url: '${url}'}
  deploys: {type: deploy-api, url: '${url}', token: '\${{ secrets.DEPLOY_TOKEN }}'}
  code: {type: github, url: '${githubUrl}', token: '\${{ secrets.GITHUB_TOKEN }}', repository: acme/runbooks}
groups: {crew: {users: [${ana}, ${dan}]}}
approvals: [{environments: [staging], actions: ['*'], required: 0, groups: [crew]}]
alerts:
  - {match: {alertname: Hostile}, severity: SEV1, declare: auto}
  - {match: {service_id: PH4X}, severity: SEV1, declare: auto}
incident: {severities: {SEV1: {invite: [crew]}}}
outbound: {allow: [127.0.0.0/8]}
`,
    'hostile.yaml': `
apiVersion: handrail/v1
kind: Runbook
id: hostile
title: ${titles[1]}
service: target
owner: crew
triggers: [{alert: {alertname: Hostile}, inputs: {said: '\${{ alert.labels.said }}'}}]
inputs: {environment: {type: string, default: staging}, said: {type: string, default: ''}}
steps:
  - {id: look, title: Look, uses: check.http, with: {connection: http, url: /}, pass: 'false', finding: {fail: 'Answered \${{ result.status }} \${{ result.body.message }} \${{ inputs.said }}'}}
  - {id: deploys, title: ${titles[0]}, uses: deploys.list, fail: 'size(result.deployments) > 0', finding: {fail: 'Deployed by \${{ result.deployments[0].actor }}'}}
  - {id: changes, title: ${titles[1]}, uses: changes.list, with: {${between}, connection: code}, fail: 'size(result.commits) > 0', finding: {fail: 'Committed \${{ result.commits[0].subject }}'}}
  - {id: form, title: ${titles[2]}, uses: form, with: {question: ${titles[0]}, fields: {who: {type: string}}}, outputs: {who: result.values.who}}
  - {id: tell, title: ${titles[3]}, why: ${titles[2]}, uses: manual, with: {instructions: 'Ana has \${{ steps.form.outputs.who }}, it said \${{ steps.look.result.body.message }}, the alert \${{ inputs.said }}'}}
`,
  };
}

/** An incident of PagerDuty. */
function hostilePage() {
  const { event } = JSON.parse(readFileSync('test/fixtures/pagerduty/triggered.json', 'utf8'));
  const service = { id: 'PH4X', summary: hostile };
  const more = { title: hostile, html_url: 'javascript:window.h4x=10', service, urgency: hostile };
  return { event: { ...event, data: { ...event.data, ...more } } };
}

function hostileAlert(said: string) {
  const labels = { alertname: 'Hostile', said, [`l_${'x'.repeat(9)}`]: long.slice(0, 8_000) };
  const annotations = { summary: said, description: long.slice(0, 8_000) };
  const startsAt = new Date().toISOString();
  return {
    version: '4',
    status: 'firing',
    groupKey: `{}:{said="${said}"}`,
    commonLabels: labels,
    commonAnnotations: annotations,
    externalURL: 'javascript:window.h4x=7',
    alerts: [
      {
        status: 'firing',
        labels,
        annotations,
        startsAt,
        endsAt: '0001-01-01T00:00:00Z',
        fingerprint: 'a1b2c3',
        generatorURL: 'javascript:window.h4x=8',
      },
    ],
  };
}
