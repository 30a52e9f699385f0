import { createDirectory } from '#adapters/slack/directory.ts';
import { createGateway } from '#adapters/slack/gateway.ts';
import type { Inbox, InboxEntry } from '#adapters/slack/inbox.ts';
import { createSlackApp, type SlackAppDeps } from '#adapters/slack/slack-app.ts';
import type { Reply, UseCases } from '#app/use-cases.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { createMemoryChanges } from './memory-changes.ts';
import { createQuietLog } from './quiet-log.ts';
import { useCasesStandIn } from './use-cases-stand-in.ts';

export const settings: Settings = {
  services: {},
  connections: {},
  groups: {
    payments: { kind: 'usergroup', usergroup: 'S0PAY' },
    commanders: { kind: 'users', users: ['U0ANA'] },
    nobody: { kind: 'users', users: [] },
    oncall: { kind: 'oncall', connection: 'pagerduty', schedule: 'P1' },
  },
  approvals: [],
  escalation: {},
  alerts: [],
  outbound: { allow: [], hosts: {}, nameServers: [], ca: null },
  incident: {
    channel: 'inc',
    announce: null,
    severities: {},
    roles: [],
    reaction: 'pushpin',
    archiveAfter: null,
    bookmarks: [],
    commands: { incident: 'incident', runbook: 'runbook' },
  },
  inputs: {},
  permissions: { declare: null, steer: null, redact: null, token: null },
  identities: {},
  proof: null,
  postmortem: { template: null, connection: null, repository: null, path: 'postmortems' },
  runbooks: null,
};

/** An inbox in memory, with what an earlier process left. */
export function createMemoryInbox(left: readonly InboxEntry[] = []) {
  const stored = new Map(left.map((entry) => [entry.key, entry]));
  const done: string[] = [];
  const inbox: Inbox = {
    async store(key, kind, body) {
      if (stored.has(key)) return 'seen';
      stored.set(key, { key, kind, body });
      return 'new';
    },
    async done(key) {
      done.push(key);
    },
    unfinished: async () => left,
  };
  return { inbox, stored, done };
}

/** The app against a Slack stand-in, with what the test wants to look at. */
export function createApp(
  slack: { apiUrl: string },
  given: Partial<SlackAppDeps> & {
    replies?: Partial<Record<keyof UseCases, () => Promise<Reply>>>;
  } = {},
) {
  const { replies, ...deps } = given;
  const log = createQuietLog();
  const { asked, useCases } = useCasesStandIn(replies);
  const memory = createMemoryInbox();
  const changes = createMemoryChanges();
  const kept = new Map<string, JsonObject>();
  const gateway = createGateway({ token: 'xoxb-t', slackApiUrl: slack.apiUrl, log });
  const app = createSlackApp({
    connection: { mode: 'socket', appToken: 'xapp-t' },
    slackApiUrl: slack.apiUrl,
    gateway,
    directory: createDirectory({ gateway, settings: () => settings, log, changes }),
    onChange: changes.tell,
    settings: () => settings,
    useCases,
    inbox: memory.inbox,
    keptRequests: {
      keep: async (id, request) => void kept.set(id, request),
      find: async (id) => kept.get(id) ?? null,
    },
    log,
    ...deps,
  });
  return { app, asked, log, changes, ...memory };
}
