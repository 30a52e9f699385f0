import type { Json } from '#domain/json.ts';

/** `runbooks/handrail.yaml`, read, checked and made regular. Durations keep their spelling (`30m`). */
export type Settings = {
  services: Readonly<Record<string, ServiceSettings>>;
  connections: Readonly<Record<string, ConnectionSettings>>;
  groups: Readonly<Record<string, GroupSettings>>;
  approvals: readonly ApprovalPolicy[];
  permissions: PermissionSettings;
  /** Name of a person to the ids of their accounts, two or more. */
  identities: Readonly<Record<string, readonly string[]>>;
  /** Severity to whom to tell and when, counted from the moment the wait began. */
  escalation: Readonly<Record<string, readonly { after: string; tell: string }[]>>;
  alerts: readonly AlertPolicy[];
  outbound: OutboundSettings;
  incident: IncidentSettings;
  /** Runbook id to defaults of its inputs, in place of its own; practice shortens windows so. */
  inputs: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  /** When every runbook is dry-run to see that its checks still answer; null: never. */
  proof: { cron: string; timezone: string } | null;
  postmortem: PostMortemSettings;
  /** The repository of the runbooks: its pull requests are checked. */
  runbooks: RunbooksSettings | null;
};

export type ServiceSettings = {
  owner: string;
  channel: string | null;
  environments: readonly string[];
  /** Role (`metrics`, `deploys`, `flags`, `http`, …) to a connection's name. */
  connections: Readonly<Record<string, string>>;
  migrations: readonly string[];
  metrics: Readonly<Record<string, MetricSettings>>;
};

/** PromQL with `${{ }}` inside. Below `traffic.atLeast` the metric says nothing. */
export type MetricSettings = {
  query: string;
  traffic: { query: string; atLeast: number } | null;
};

/**
 * Everything but `type`, `url` and `drill` depends on the type. A credential stays the text
 * `${{ secrets.NAME }}` here; only an adapter ever resolves it.
 */
export type ConnectionSettings = {
  type:
    | 'deploy-api'
    | 'github'
    | 'argocd'
    | 'prometheus'
    | 'http'
    | 'unleash'
    | 'openfeature'
    | 'pagerduty';
  url: string | null;
  drill: boolean;
  options: Readonly<Record<string, Json>>;
};

export type GroupSettings =
  | { kind: 'usergroup'; usergroup: string }
  | { kind: 'users'; users: readonly string[] }
  | { kind: 'oncall'; connection: string; schedule: string };

/** The first policy that matches holds; a write that none matches is refused. `null` matches all. */
export type ApprovalPolicy = {
  services: readonly string[] | null;
  environments: readonly string[] | null;
  /** Step kinds; `*` may stand at the end (`deploys.*`). */
  actions: readonly string[] | null;
  required: number;
  groups: readonly string[];
  breakGlass: readonly string[];
};

/** Groups whose members may do so; null: as the policies of `domain/authorisation` say. */
export type PermissionSettings = {
  declare: readonly string[] | null;
  steer: readonly string[] | null;
  redact: readonly string[] | null;
  token: readonly string[] | null;
};

export type AlertPolicy = {
  match: Readonly<Record<string, string>>;
  severity: string;
  declare: 'auto' | 'suggest';
};

export type OutboundSettings = {
  /** Hosts (`*.example.com` for subdomains) and CIDRs that may be reached. */
  allow: readonly string[];
  /** Name to the address and port to dial in its place (`127.0.0.1:8443`). */
  hosts: Readonly<Record<string, string>>;
  /** Address and port, to be asked one after the other; those of the machine if there are none. */
  nameServers: readonly string[];
  /** Path of a PEM file with further certificate authorities. */
  ca: string | null;
};

export type PostMortemSettings = {
  /** A file in the repository. */
  template: string | null;
  connection: string | null;
  repository: string | null;
  path: string;
};

export type RunbooksSettings = {
  connection: string | null;
  repository: string | null;
  /** Null: runbooks are loaded from the folder. */
  branch: string | null;
  path: string;
};

export type IncidentSettings = {
  /** Channel name pattern with `${{ incident.date }}` and `${{ incident.slug }}`. */
  channel: string;
  announce: string | null;
  severities: Readonly<Record<string, SeveritySettings>>;
  /** In order; commander is always one of them. */
  roles: readonly { name: string; instructions: string | null }[];
  /** Name of the emoji that puts a message on the timeline. */
  reaction: string;
  /** After the resolution; null: channels are left as they are. */
  archiveAfter: string | null;
  /** Of each incident's channel; both with `${{ incident.… }}`. */
  bookmarks: readonly { title: string; url: string }[];
  commands: { incident: string; runbook: string };
};

export type SeveritySettings = {
  updateEvery: string | null;
  /** Groups whose members are invited into the channel. */
  invite: readonly string[];
  /** Groups whose members get each update as a direct message. */
  followers: readonly string[];
};
