import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readConfig } from '#src/config.ts';

import { temporaryFolder } from './temporary-folder.ts';

type Env = Readonly<Record<string, string>>;

const socket = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const signing = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: '0'.repeat(32) };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder({ file: 'x', empty: '' });
});
afterAll(() => folder[Symbol.asyncDispose]());

const at = (name: string): string => `${folder.path}/${name}`;

/** What `handrail start` would say before it opens anything; empty when nothing is wrong. */
function refusalOf(env: Env): string {
  const read = readConfig(env);
  return 'problems' in read ? read.problems.join('\n') : '';
}

describe('an environment that is wrong', () => {
  it.each<[string, () => Env, RegExp]>([
    ['nothing of Slack', () => ({}), /^SLACK_BOT_TOKEN is not set/],
    ['no bot token', () => ({ SLACK_APP_TOKEN: 'xapp-1' }), /^SLACK_BOT_TOKEN is not set/],
    ['no entrance', () => ({ SLACK_BOT_TOKEN: 'xoxb-1' }), /^SLACK_APP_TOKEN is not set/],
    [
      'a bot token of another kind',
      () => ({ ...socket, SLACK_BOT_TOKEN: 'xoxp-1' }),
      /^SLACK_BOT_TOKEN must be/,
    ],
    [
      'an app token of another kind',
      () => ({ ...socket, SLACK_APP_TOKEN: 'xoxb-1' }),
      /^SLACK_APP_TOKEN must be/,
    ],
    [
      'both modes',
      () => ({ ...socket, ...signing }),
      /^SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set/,
    ],
    [
      'a variable and its file',
      () => ({ ...socket, SLACK_BOT_TOKEN_FILE: at('file') }),
      /^SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set/,
    ],
    [
      'a file that is not there',
      () => ({ SLACK_APP_TOKEN: 'xapp-1', SLACK_BOT_TOKEN_FILE: at('none') }),
      /SLACK_BOT_TOKEN_FILE names .*none, which can't be read/,
    ],
    [
      'a file that is empty',
      () => ({ SLACK_APP_TOKEN: 'xapp-1', SLACK_BOT_TOKEN_FILE: at('empty') }),
      /SLACK_BOT_TOKEN_FILE names .*empty, which is empty/,
    ],
    [
      'a database that is no URL',
      () => ({ ...socket, DATABASE_URL: 'localhost' }),
      /^DATABASE_URL must be the URL of a PostgreSQL server/,
    ],
    [
      'a database of another make',
      () => ({ ...socket, DATABASE_URL: 'mysql://db/x' }),
      /^DATABASE_URL must be/,
    ],
    [
      'an owner without a database',
      () => ({ ...socket, DATABASE_OWNER_URL: 'postgres://o@db/x' }),
      /^DATABASE_OWNER_URL is of no use without DATABASE_URL/,
    ],
    [
      'an owner of another make',
      () => ({ ...socket, DATABASE_URL: 'postgres://a@db/x', DATABASE_OWNER_URL: 'x' }),
      /^DATABASE_OWNER_URL must be/,
    ],
    [
      'a port that is no number',
      () => ({ ...socket, HANDRAIL_PORT: 'http' }),
      /^HANDRAIL_PORT must be a port from 0 to 65535, not http/,
    ],
    [
      'a port out of range',
      () => ({ ...socket, HANDRAIL_PORT: '70000' }),
      /^HANDRAIL_PORT must be a port/,
    ],
    [
      'a port of Slack out of range',
      () => ({ ...signing, HANDRAIL_SLACK_PORT: '-1' }),
      /^HANDRAIL_SLACK_PORT must be a port/,
    ],
    [
      'one port for both',
      () => ({ ...signing, HANDRAIL_PORT: '3001' }),
      /^HANDRAIL_PORT and HANDRAIL_SLACK_PORT are both 3001/,
    ],
    [
      'a host with a scheme',
      () => ({ ...socket, HANDRAIL_HOST: 'http://0.0.0.0' }),
      /^HANDRAIL_HOST must be an address/,
    ],
    [
      'a host with a port',
      () => ({ ...socket, HANDRAIL_HOST: '0.0.0.0:3000' }),
      /^HANDRAIL_HOST must be an address or name of this machine, without a port/,
    ],
    [
      'two bot tokens in one',
      () => ({ ...socket, SLACK_BOT_TOKEN: 'xoxb-1\nxoxb-2' }),
      /^SLACK_BOT_TOKEN must be a bot token, which .* is one word/,
    ],
    [
      'a token of alerts that is soon guessed',
      () => ({ ...socket, HANDRAIL_ALERTMANAGER_TOKEN: `${'0'.repeat(32)}, alerts` }),
      /^HANDRAIL_ALERTMANAGER_TOKEN must have 16 characters or more/,
    ],
    [
      'a token that no header carries',
      () => ({ ...socket, HANDRAIL_GRAFANA_TOKEN: 'Bearer 0123456789abcdef' }),
      /^HANDRAIL_GRAFANA_TOKEN must have .* no white space/,
    ],
    [
      'a secret of a source that is soon guessed',
      () => ({ ...socket, HANDRAIL_GITHUB_WEBHOOK_SECRET: 'secret' }),
      /^HANDRAIL_GITHUB_WEBHOOK_SECRET must have 16 characters/,
    ],
    [
      'a level of the log',
      () => ({ ...socket, HANDRAIL_LOG_LEVEL: 'loud' }),
      /^HANDRAIL_LOG_LEVEL must be debug/,
    ],
    [
      'a stand-in that is no URL',
      () => ({ ...socket, SLACK_API_URL: 'practice' }),
      /^SLACK_API_URL must be the URL/,
    ],
    [
      'a folder that is a file',
      () => ({ ...socket, HANDRAIL_FOLDER: at('file') }),
      /^HANDRAIL_FOLDER names .*file, which is no folder/,
    ],
  ])('is refused by name: %s', (_name, env, said) => {
    expect(refusalOf(env())).toMatch(said);
  });
});
