import { readFileSync } from 'node:fs';

import { load } from 'js-yaml';
import { z } from 'zod';

import { mustBeSecrets } from '#adapters/slack/http-connection.ts';
import { probe } from '#adapters/slack/probe.ts';
import { PortError } from '#ports/port-error.ts';
import type { Finding } from '#ports/self-check.ts';
import { type Config, slackVariables } from '#src/config.ts';

import { notSet, ok, problem, skewOf } from './finding.ts';

/** The tokens, and whether the app has the scopes of the manifest. `takesToken`: Slack can be asked more. */
export async function slackFindings({
  slack,
}: Config): Promise<{ takesToken: boolean; findings: Finding[] }> {
  const { botToken, connection, apiUrl } = slack;
  const variables = slackVariables({
    SLACK_BOT_TOKEN: botToken,
    ...(connection.mode === 'socket'
      ? { SLACK_APP_TOKEN: connection.appToken }
      : { SLACK_SIGNING_SECRET: connection.signingSecrets.join() }),
  });
  if (variables === 'none') {
    const text = 'SLACK_BOT_TOKEN and the rest: practice needs none, and handrail start refuses';
    return { takesToken: false, findings: [notSet('slack', text)] };
  }
  const missing = variables === 'complete' ? [] : [problem('slack', variables.missing)];
  const bot = botToken === '' ? [] : await botFindings(apiUrl, botToken);
  return {
    takesToken: bot[0]?.status === 'ok',
    findings: [...missing, ...bot, ...(await entranceFindings(apiUrl, connection))],
  };
}

async function entranceFindings(
  apiUrl: string | null,
  connection: Config['slack']['connection'],
): Promise<Finding[]> {
  if (connection.mode === 'http') {
    if (connection.signingSecrets.length === 0) return [];
    const area = 'slack entrance';
    try {
      mustBeSecrets(connection.signingSecrets);
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      return [problem(area, `SLACK_SIGNING_SECRET: ${error.message}`)];
    }
    return [ok(area, `HTTP mode at port ${connection.port}`)];
  }
  const area = 'slack app token';
  const found = await probe(apiUrl, 'apps.connections.open', connection.appToken);
  if (found.kind === 'silent') return [problem(area, `Slack: ${found.reason}`)];
  if (found.error === null) return [ok(area, 'Slack takes it for Socket Mode')];
  return [
    problem(
      area,
      `Slack says ${found.error} to SLACK_APP_TOKEN: make one with the scope connections:write under Basic Information → App-Level Tokens, and see that Settings → Socket Mode is on`,
    ),
  ];
}

async function botFindings(apiUrl: string | null, token: string): Promise<Finding[]> {
  const area = 'slack bot token';
  const found = await probe(apiUrl, 'auth.test', token);
  if (found.kind === 'silent') return [problem(area, `Slack: ${found.reason}`)];
  if (found.error !== null) {
    const mend = 'install the app again, and copy the bot token from OAuth & Permissions';
    return [problem(area, `Slack says ${found.error} to SLACK_BOT_TOKEN: ${mend}`)];
  }
  const missing = neededScopes().filter((scope) => !found.scopes.includes(scope));
  const scopes =
    missing.length === 0
      ? ok('slack scopes', `all ${neededScopes().length} of manifest.yml`)
      : problem(
          'slack scopes',
          `missing: ${missing.join(', ')}. Add them under OAuth & Permissions and install the app again`,
        );
  const clock =
    found.date === null
      ? []
      : [skewOf('clock', 'the clock of Slack', Date.now() - found.date.getTime())];
  return [
    ok(area, found.who === null ? 'Slack takes it' : `Slack takes it: ${found.who}`),
    scopes,
    ...clock,
  ];
}

const Manifest = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
});

function neededScopes(): readonly string[] {
  const file = new URL('../../manifest.yml', import.meta.url);
  return Manifest.parse(load(readFileSync(file, 'utf8'))).oauth_config.scopes.bot;
}
