import { describe, expect, it } from 'vitest';

import { readConfig } from '#src/config.ts';
import { temporaryFolder } from '#test/cli/temporary-folder.ts';

const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };

function configOf(env: Record<string, string>) {
  const read = readConfig(env);
  return 'config' in read ? read.config : null;
}

describe('the configuration', () => {
  it('is Socket Mode with an app token, and HTTP mode with a signing secret', () => {
    const { SLACK_BOT_TOKEN } = slack;

    expect(configOf(slack)?.slack.connection).toEqual({ mode: 'socket', appToken: 'xapp-1' });
    expect(
      configOf({ SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET: 's' })?.slack.connection,
    ).toMatchObject({ mode: 'http', signingSecrets: ['s'] });
    expect(
      configOf({ SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET: 'new, old' })?.slack.connection,
    ).toMatchObject({ signingSecrets: ['new', 'old'] });
  });

  it('has defaults that keep to this machine', () => {
    expect(configOf(slack)).toMatchObject({
      databaseUrl: null,
      folder: '.handrail',
      runbooks: 'runbooks',
      host: '127.0.0.1',
      port: 3000,
      alertmanagerTokens: [],
      grafanaTokens: [],
      pagerDutySecrets: [],
      githubSecrets: [],
    });
  });

  it('takes two tokens of Alertmanager while one is being replaced', () => {
    const [old, next] = ['0123456789abcdef', 'fedcba9876543210'];
    expect(
      configOf({ ...slack, HANDRAIL_ALERTMANAGER_TOKEN: `${old}, ${next},` })?.alertmanagerTokens,
    ).toEqual([old, next]);
  });

  it('reads a secret from the file that NAME_FILE names', async () => {
    await using folder = await temporaryFolder({ token: 'xoxb-from-file\n' });

    const config = configOf({
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_BOT_TOKEN_FILE: `${folder.path}/token`,
    });

    expect(config?.slack.botToken).toBe('xoxb-from-file');
  });

  it('names every problem at once, without the value of a secret', () => {
    const read = readConfig({
      SLACK_BOT_TOKEN: 'hunter2',
      SLACK_APP_TOKEN_FILE: '/no/such/file',
      HANDRAIL_PORT: '70000',
      HANDRAIL_LOG_LEVEL: 'loud',
    });

    const problems = 'problems' in read ? read.problems : [];
    expect(new Set(problems.map((problem) => problem.split(' ')[0]))).toEqual(
      new Set(['SLACK_APP_TOKEN_FILE', 'SLACK_BOT_TOKEN', 'HANDRAIL_PORT', 'HANDRAIL_LOG_LEVEL']),
    );
    expect(problems.join()).not.toContain('hunter2');
  });

  it('needs nothing of Slack where Slack is not used', () => {
    expect('config' in readConfig({ SLACK_BOT_TOKEN: 'x' }, { slack: 'unused' })).toBe(true);
  });
});
