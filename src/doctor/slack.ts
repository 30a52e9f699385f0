import { readFileSync } from 'node:fs';

import { load } from 'js-yaml';
import { z } from 'zod';

import { probe } from '#adapters/slack/probe.ts';
import type { Finding } from '#ports/self-check.ts';
import type { Config } from '#src/config.ts';

import { notSet, ok, problem, skewOf } from './finding.ts';

/** The tokens, and whether the app has the scopes of the manifest. */
export async function slackFindings({ slack }: Config): Promise<Finding[]> {
  const { botToken, connection, apiUrl } = slack;
  const findings =
    botToken === ''
      ? [notSet('slack bot token', 'SLACK_BOT_TOKEN: the bot does not start without it')]
      : await botFindings(apiUrl, botToken);
  if (connection.mode === 'socket') {
    const found = await probe(apiUrl, 'apps.connections.open', connection.appToken);
    const area = 'slack app token';
    if (found.kind === 'silent') findings.push(problem(area, `Slack: ${found.reason}`));
    else if (found.error === null) findings.push(ok(area, 'Slack takes it for Socket Mode'));
    else {
      findings.push(
        problem(area, `Slack says ${found.error}: it needs the scope connections:write`),
      );
    }
  } else if (connection.signingSecrets.length === 0) {
    findings.push(notSet('slack entrance', 'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET'));
  } else {
    findings.push(ok('slack entrance', `HTTP mode at port ${connection.port}`));
  }
  return findings;
}

async function botFindings(apiUrl: string | null, token: string): Promise<Finding[]> {
  const area = 'slack bot token';
  const found = await probe(apiUrl, 'auth.test', token);
  if (found.kind === 'silent') return [problem(area, `Slack: ${found.reason}`)];
  if (found.error !== null) {
    return [problem(area, `Slack says ${found.error}: install the app again and copy its token`)];
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
  return [ok(area, 'Slack takes it'), scopes, ...clock];
}

const Manifest = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
});

function neededScopes(): readonly string[] {
  const file = new URL('../../manifest.yml', import.meta.url);
  return Manifest.parse(load(readFileSync(file, 'utf8'))).oauth_config.scopes.bot;
}
