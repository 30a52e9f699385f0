import { readFileSync, statSync } from 'node:fs';

import { z } from 'zod';

/** All that is set from outside of the runbooks' folder. */
export type Config = {
  slack: {
    botToken: string;
    connection:
      | { mode: 'socket'; appToken: string }
      | { mode: 'http'; signingSecrets: readonly string[]; port: number };
    /** Null: Slack itself. */
    apiUrl: string | null;
  };
  /** Null: the embedded PostgreSQL. */
  databaseUrl: string | null;
  /** The role that owns the tables, where that of `databaseUrl` can neither change nor remove records. */
  databaseOwnerUrl: string | null;
  /** Our own files: the embedded database, practice's overlay. */
  folder: string;
  runbooks: string;
  /** A file of `kind: SettingsOverlay`, laid over the settings of the runbooks' folder. */
  overlay: string | null;
  host: string;
  port: number;
  alertmanagerTokens: readonly string[];
  grafanaTokens: readonly string[];
  pagerDutySecrets: readonly string[];
  /** Of the webhook of GitHub. */
  githubSecrets: readonly string[];
  /** A person's own, at a terminal; null: the file that `handrail token save` wrote. */
  token: string | null;
  logLevel: string;
  env: Readonly<Record<string, string | undefined>>;
};

type Env = Config['env'];

const noBotToken =
  'SLACK_BOT_TOKEN is not set: the bot token, which begins with xoxb-. It is under OAuth & Permissions of your Slack app.';

/** What a source of alerts proves itself by; nobody else is to find it by trying. */
const SHORTEST_SECRET = 16;

const Port = z.coerce.number().int().min(0).max(65_535);

/** The three ways to start: all of Slack is there, nothing of it is, or something is missing. */
export function slackVariables(env: Env): 'complete' | 'none' | { missing: string } {
  const has = (name: string) => Boolean(env[name] || env[`${name}_FILE`]);
  const bot = has('SLACK_BOT_TOKEN');
  const app = has('SLACK_APP_TOKEN');
  const signing = has('SLACK_SIGNING_SECRET');
  if (!bot && !app && !signing) return 'none';
  if (!bot) return { missing: noBotToken };
  if (!app && !signing) {
    return {
      missing:
        'SLACK_APP_TOKEN is not set: the app-level token of Socket Mode, which begins with xapp-. Make it under Basic Information → App-Level Tokens of your Slack app. For HTTP mode set SLACK_SIGNING_SECRET instead.',
    };
  }
  return 'complete';
}

/**
 * Reads the environment; every problem is told at once, each with what to do. With `slack: 'unused'`
 * nothing of Slack is read or missed: practice brings its own, and reading the record needs none.
 * `optional`: what is there is read.
 */
export function readConfig(
  env: Env,
  { slack: use = 'needed' }: { slack?: 'needed' | 'optional' | 'unused' } = {},
): { config: Config } | { problems: readonly string[] } {
  const problems: string[] = [];
  const text = (name: string, otherwise: string): string => {
    const value = env[name] ?? '';
    const file = env[`${name}_FILE`] ?? '';
    if (value !== '' && file !== '') {
      problems.push(`${name} and ${name}_FILE are both set. Unset one of them.`);
    }
    if (value !== '' || file === '') return value || otherwise;
    const read = contentOf(file);
    if (read === null) {
      problems.push(
        `${name}_FILE names ${file}, which can't be read. Check the path and its rights.`,
      );
    } else if (read === '') {
      problems.push(`${name}_FILE names ${file}, which is empty.`);
    }
    return read || otherwise;
  };
  const list = (name: string): readonly string[] =>
    text(name, '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  const secrets = (name: string): readonly string[] => {
    const found = list(name);
    if (found.some((one) => /\s/.test(one) || one.length < SHORTEST_SECRET)) {
      problems.push(
        `${name} must have ${SHORTEST_SECRET} characters or more, and no white space: whoever guesses it can declare incidents. Make one: openssl rand -hex 32.`,
      );
    }
    return found;
  };
  const port = (name: string, otherwise: number): number => {
    const written = text(name, String(otherwise));
    const parsed = Port.safeParse(written);
    if (parsed.success) return parsed.data;
    problems.push(`${name} must be a port from 0 to 65535, not ${written}.`);
    return otherwise;
  };

  if (use === 'needed') problems.push(...slackProblems(env));
  const slackText = (name: string, prefix: string, what: string, where: string) => {
    const token = use === 'unused' ? '' : text(name, '');
    if (token !== '' && !(token.startsWith(prefix) && !/\s/.test(token))) {
      problems.push(
        `${name} must be ${what}, which begins with ${prefix} and is one word. It is under ${where} of your Slack app.`,
      );
    }
    return token;
  };
  const botToken = slackText('SLACK_BOT_TOKEN', 'xoxb-', 'a bot token', 'OAuth & Permissions');
  const appToken = slackText(
    'SLACK_APP_TOKEN',
    'xapp-',
    'an app-level token',
    'Basic Information → App-Level Tokens',
  );
  const signingSecrets = use === 'unused' ? [] : list('SLACK_SIGNING_SECRET');
  if (appToken !== '' && signingSecrets.length > 0) {
    problems.push(
      'SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set. Unset the one of the mode that you do not use: the token is for Socket Mode, the secret for HTTP mode.',
    );
  }
  const postgres = (name: string): string | null => {
    const url = text(name, '');
    if (url !== '' && !/^postgres(ql)?:$/.test(protocolOf(url))) {
      problems.push(
        `${name} must be the URL of a PostgreSQL server: postgres://user@host:5432/name.`,
      );
    }
    return url || null;
  };
  const databaseUrl = postgres('DATABASE_URL');
  const databaseOwnerUrl = postgres('DATABASE_OWNER_URL');
  if (databaseOwnerUrl !== null && databaseUrl === null) {
    problems.push(
      'DATABASE_OWNER_URL is of no use without DATABASE_URL, the URL of the bot itself.',
    );
  }
  const apiUrl = text('SLACK_API_URL', '');
  if (apiUrl !== '' && !/^https?:$/.test(protocolOf(apiUrl))) {
    problems.push('SLACK_API_URL must be the URL of a stand-in for Slack: http://host:port/api/.');
  }
  const host = text('HANDRAIL_HOST', '127.0.0.1');
  if (!/^[\w.-]+$/.test(host) && !isIPv6(host)) {
    problems.push(
      `HANDRAIL_HOST must be an address or name of this machine, without a port, not ${host}.`,
    );
  }
  const folder = text('HANDRAIL_FOLDER', '.handrail');
  if (!mayBeFolder(folder)) {
    problems.push(`HANDRAIL_FOLDER names ${folder}, which is no folder that can be read.`);
  }
  const logLevel = text('HANDRAIL_LOG_LEVEL', 'info');
  if (!['debug', 'info', 'warn', 'error', 'silent'].includes(logLevel)) {
    problems.push(
      `HANDRAIL_LOG_LEVEL must be debug, info, warn, error or silent, not ${logLevel}.`,
    );
  }
  const config: Config = {
    slack: {
      botToken,
      connection:
        appToken === ''
          ? {
              mode: 'http',
              signingSecrets,
              port: port('HANDRAIL_SLACK_PORT', 3001),
            }
          : { mode: 'socket', appToken },
      apiUrl: apiUrl === '' ? null : apiUrl.replace(/\/?$/, '/'),
    },
    databaseUrl,
    databaseOwnerUrl,
    folder,
    runbooks: text('HANDRAIL_RUNBOOKS', 'runbooks'),
    overlay: text('HANDRAIL_OVERLAY', '') || null,
    host,
    port: port('HANDRAIL_PORT', 3000),
    alertmanagerTokens: secrets('HANDRAIL_ALERTMANAGER_TOKEN'),
    grafanaTokens: secrets('HANDRAIL_GRAFANA_TOKEN'),
    pagerDutySecrets: secrets('HANDRAIL_PAGERDUTY_SECRET'),
    githubSecrets: secrets('HANDRAIL_GITHUB_WEBHOOK_SECRET'),
    token: text('HANDRAIL_TOKEN', '') || null,
    logLevel,
    env,
  };
  const { connection } = config.slack;
  if (connection.mode === 'http' && connection.port === config.port && config.port !== 0) {
    problems.push(
      `HANDRAIL_PORT and HANDRAIL_SLACK_PORT are both ${config.port}. Each needs a port of its own.`,
    );
  }
  return problems.length === 0 ? { config } : { problems };
}

function slackProblems(env: Env): string[] {
  const slack = slackVariables(env);
  if (slack === 'complete') return [];
  return [slack === 'none' ? noBotToken : slack.missing];
}

/** One that is not there is made when it is needed. */
function mayBeFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? true;
  } catch {
    return false;
  }
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}

/** All that must be shown to nobody, as far as it does not stand in the runbooks' settings. */
export function secretsIn(config: Config): string[] {
  const { botToken, connection } = config.slack;
  const found = [
    botToken,
    ...(connection.mode === 'socket' ? [connection.appToken] : connection.signingSecrets),
    ...config.alertmanagerTokens,
    ...config.grafanaTokens,
    ...config.pagerDutySecrets,
    ...config.githubSecrets,
    config.token ?? '',
    ...[config.databaseUrl, config.databaseOwnerUrl].flatMap(passwordsIn),
  ];
  return found.filter((value) => value !== '');
}

/** As it stands in the URL, and as it is. */
function passwordsIn(url: string | null): string[] {
  if (url === null || !URL.canParse(url)) return [];
  const { password } = new URL(url);
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

/** By a URL's own rules: what opens a connection is known by its import of `node:net`, and this opens none. */
function isIPv6(host: string): boolean {
  return URL.canParse(`http://[${host}]`);
}
