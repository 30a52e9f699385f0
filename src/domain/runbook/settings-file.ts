import { z } from 'zod';

import { isTimezone, whyNoCron } from './cron.ts';
import { anyJson, durationText, httpUrl, matching, shape, defaultsTo } from './kinds/shape.ts';

/** `kind: Settings` as its owners write it. What it becomes is `Settings`; see `regular-settings.ts`. */

const text = z.string().min(1);
const names = z.array(text).min(1);
const atLeast = z.number().min(0);
const repository = z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'write it as `owner/name`');

const MetricFile = shape({
  query: text.describe('PromQL; `${{ }}` writes inputs into it.'),
  traffic: shape({
    query: text.describe('PromQL that counts the traffic.'),
    atLeast: atLeast.describe('The least traffic.'),
  })
    .optional()
    .describe('Below `atLeast` the metric says nothing.'),
});

const ServiceFile = shape({
  owner: text.describe('A group.'),
  channel: text.optional().describe('Where suggestions go, such as #checkout.'),
  environments: names.describe('Where the service runs.'),
  connections: z
    .record(z.string(), text)
    .optional()
    .describe('Role (metrics, deploys, flags, http, code) to a connection.'),
  migrations: z.array(text).optional().describe('File patterns that make a rollback dangerous.'),
  metrics: z.record(z.string(), MetricFile).optional().describe('Queries by name.'),
});

/** A host, `*.` and a domain, an address, or a CIDR. */
const ALLOWED =
  /^(?:(?:\*\.)?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?|[\da-f:]*:[\da-f:.]+|(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})\/(?:\d|[12]\d|3[0-2])|[\da-f:]*:[\da-f:.]*\/(?:\d\d?|1[01]\d|12[0-8]))$/i;
const HOST = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.])?|[\dA-Fa-f:]*:[\dA-Fa-f:.]+)$/;
const PORT = String.raw`(?::(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5]))?`;
const DIALED = new RegExp(String.raw`^(?:\[[\da-f:.]+\]|[\d.]+)${PORT}$`, 'i');

const NAME_SERVER = new RegExp(
  String.raw`^(?:(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)${PORT}|\[[\da-f:.]+\]${PORT}|[\da-f:]*:[\da-f:.]+)$`,
  'i',
);

/** Which of the keys a connection needs depends on its type, and on the adapter that reads it. */
const ConnectionFile = shape({
  type: z
    .enum([
      'deploy-api',
      'github',
      'argocd',
      'prometheus',
      'http',
      'unleash',
      'openfeature',
      'pagerduty',
    ])
    .describe('What is spoken over it.'),
  url: httpUrl.optional().describe('Where it is.'),
  drill: z.boolean().optional().meta(defaultsTo(false, 'May be used in drills.')),
  token: text.exactOptional().describe('A credential.'),
  app: shape({
    id: z.union([text, z.int()]).describe('App ID or client ID.'),
    key: text.describe('Its private key, as PEM.'),
    installation: z.union([text, z.int()]).describe('ID of its installation.'),
  })
    .exactOptional()
    .describe('For github: an App in place of a token. Only an App can write checks.'),
  repository: repository.exactOptional().describe('For github: the repository that is meant.'),
  login: text
    .exactOptional()
    .describe('For github: whose comments are ours, where the credential does not tell.'),
  user: text.exactOptional().describe('For http: who logs in with `password`.'),
  password: text.exactOptional().describe('For http: a credential.'),
  headers: z.record(z.string(), text).exactOptional().describe('For http: sent with each request.'),
  project: text
    .exactOptional()
    .meta(defaultsTo('default', 'For unleash: the project of the flags.')),
  production: z
    .boolean()
    .exactOptional()
    .meta(defaultsTo(false, 'No load is ever sent to its host.')),
}).describe('Credentials are written as `${{ secrets.NAME }}`.');

const GroupFile = shape({
  usergroup: text.optional().describe('Id of a Slack user group.'),
  users: z.array(text).optional().describe('Slack user ids. None: nobody is admitted.'),
  oncall: shape({
    connection: text.describe('The connection that knows the schedule.'),
    schedule: text.describe('Its id there.'),
  })
    .optional()
    .describe('Whoever is on call there.'),
}).refine(
  ({ usergroup, users, oncall }) =>
    [usergroup, users, oncall].filter((each) => each !== undefined).length === 1,
  { error: 'give one of `usergroup`, `users` and `oncall`' },
);

const ApprovalFile = shape({
  services: names.optional().describe('Of which services. Default: all.'),
  environments: names.optional().describe('In which environments. Default: all.'),
  actions: names.optional().describe('Kinds of step; `*` may stand at the end. Default: all.'),
  required: z.int().min(0).max(10).describe('Distinct people, the requester never among them.'),
  groups: names.describe('Who may approve.'),
  breakGlass: z.array(text).optional().describe('Who may act alone, with a reason.'),
});

const PermissionsFile = shape({
  declare: names.optional().describe('Who may declare incidents. Default: everyone.'),
  steer: names.optional().describe('Who may run runbooks and incidents. Default: everyone.'),
  redact: names
    .optional()
    .describe('Who may take texts out of the record. Default: commander and owner.'),
  token: names.optional().describe('Who may have a token for the terminal. Default: everyone.'),
});

const IdentitiesFile = z.record(z.string(), z.array(text).min(2)).superRefine((people, context) => {
  const known = new Set<string>();
  for (const [name, ids] of Object.entries(people)) {
    for (const [at, id] of ids.entries()) {
      const message = `${id} stands here twice; an account is one person's`;
      if (known.has(id)) context.addIssue({ code: 'custom', path: [name, at], message });
      known.add(id);
    }
  }
});

const AlertFile = shape({
  match: z.record(z.string(), z.string()).describe('Label matchers; `~` begins a regex.'),
  severity: text.describe('Of the incident.'),
  declare: z
    .enum(['auto', 'suggest'])
    .optional()
    .meta(
      defaultsTo(
        'suggest',
        '`auto` declares an incident, `suggest` asks in the channel of the service.',
      ),
    ),
});

const Escalation = shape({
  after: durationText.describe('Since the question was asked.'),
  tell: text.describe('A group.'),
});

const OutboundFile = shape({
  allow: z
    .array(
      matching(
        ALLOWED,
        'write a host, *.example.com, an address or a CIDR such as 10.0.0.0/8, without a scheme',
      ),
    )
    .optional()
    .describe('Hosts and CIDRs that may be reached.'),
  hosts: z
    .record(
      matching(HOST, 'write the name of a host'),
      matching(DIALED, 'write an address and a port, such as 127.0.0.1:8443'),
    )
    .optional()
    .describe('Name to the address and port to dial in its place.'),
  nameServers: z
    .array(
      matching(NAME_SERVER, 'write an address, such as 10.0.0.2, 127.0.0.1:5353 or [fd00::2]:53'),
    )
    .optional()
    .describe('To be asked in place of those of the machine, past its hosts file.'),
  ca: text.optional().describe('Path of a PEM file with further certificate authorities.'),
});

const command = matching(/^[a-z0-9_-]{1,31}$/, 'write the name of the command without its slash');

const RoleFile = z.union([
  text,
  shape({
    name: text.describe('A word.'),
    instructions: text
      .optional()
      .describe('Told in private to whoever gets the role: what is expected of them.'),
  }),
]);

const SeverityFile = shape({
  updateEvery: durationText
    .optional()
    .describe('How often to remind of an update. Default: never.'),
  invite: z.array(text).optional().describe('Groups that are invited into the channel.'),
  followers: z
    .array(text)
    .optional()
    .describe('Groups whose members get each update as a direct message.'),
});

const IncidentFile = shape({
  channel: text.optional().describe('Pattern with incident.date and incident.slug.'),
  announce: text.optional().describe('Channel for announcements.'),
  severities: z
    .record(z.string(), SeverityFile)
    .optional()
    .describe('Worst first, with the pace of updates and who is told.'),
  roles: z
    .array(RoleFile)
    .min(1)
    .optional()
    .describe(
      'Roles that can be given out; commander is always one. A name, or with instructions.',
    ),
  reaction: matching(/^[a-z0-9_+'-]+$/, 'write the name of an emoji, without colons')
    .optional()
    .meta(defaultsTo('pushpin', 'The emoji that puts a message on the timeline.')),
  archiveAfter: durationText
    .optional()
    .describe('How long after the resolution the channel is archived. Default: never.'),
  bookmarks: z
    .array(
      shape({
        title: text.describe('What the bookmark is called.'),
        url: text.describe('Where it leads, with incident.id and incident.severity.'),
      }),
    )
    .optional()
    .describe('Bookmarks of the channel beside those that Handrail sets, such as the bridge.'),
  commands: shape({
    incident: command.optional().meta(defaultsTo('incident', 'In place of /incident.')),
    runbook: command.optional().meta(defaultsTo('runbook', 'In place of /runbook.')),
  })
    .optional()
    .describe('Names of the slash commands.'),
});

const RunbooksFile = shape({
  connection: text.optional().describe('Default: the only connection of type github.'),
  repository: repository.optional().describe('Default: that of the connection.'),
  branch: text
    .optional()
    .describe('Runbooks are loaded from it. Default: from the folder of these settings.'),
  path: text.optional().meta(defaultsTo('runbooks', 'Folder in the repository.')),
});

export const SettingsFile = shape({
  apiVersion: z.literal('handrail/v1').describe('The version of the language.'),
  kind: z.literal('Settings').describe('What this file is.'),
  services: z.record(z.string(), ServiceFile).describe('By name.'),
  connections: z.record(z.string(), ConnectionFile).optional().describe('By name.'),
  groups: z.record(z.string(), GroupFile).optional().describe('By name.'),
  approvals: z.array(ApprovalFile).optional().describe('The first that matches holds.'),
  permissions: PermissionsFile.optional().describe('Groups that may do what.'),
  identities: IdentitiesFile.optional().describe(
    'Name of a person to the Slack ids of all their accounts, which count as one.',
  ),
  escalation: z
    .record(z.string(), z.array(Escalation))
    .optional()
    .describe('Severity to whom to tell when nobody answers.'),
  alerts: z.array(AlertFile).optional().describe('What an alert does. The first match holds.'),
  outbound: OutboundFile.optional().describe('What runbooks may reach.'),
  incident: IncidentFile.optional().describe('How incidents are run.'),
  proof: shape({
    cron: text
      .refine((cron) => whyNoCron(cron) === null, { error: 'give five fields, such as 0 3 * * *' })
      .optional()
      .describe('When, in five fields of cron. Default: 0 3 * * *, every night.'),
    timezone: text
      .refine(isTimezone, { error: 'there is no such time zone' })
      .optional()
      .describe('IANA name of the time zone. Default: UTC.'),
  })
    .optional()
    .describe('Dry-runs every runbook then, to prove that its checks answer. Default: never.'),
  postmortem: shape({
    template: text
      .optional()
      .describe(
        'A Markdown file in the repository; `${{ postmortem.timeline }}` stands for that part.',
      ),
    connection: text.optional().describe('Default: the only connection of type github.'),
    repository: repository.optional().describe('Gets the pull request, and follow-ups as issues.'),
    path: text.optional().meta(defaultsTo('postmortems', 'Folder in the repository.')),
  })
    .optional()
    .describe('Where post-mortems go.'),
  runbooks: RunbooksFile.optional().describe('The repository of the runbooks.'),
});
export type SettingsFile = z.infer<typeof SettingsFile>;

/**
 * What may be laid over the settings of the repository: where things are and who people are, never
 * the policy of approvals. Each entry replaces the one of its name.
 */
export const SettingsOverlay = shape({
  apiVersion: z.literal('handrail/v1'),
  kind: z.literal('SettingsOverlay'),
  connections: z.record(z.string(), ConnectionFile).optional(),
  groups: z.record(z.string(), GroupFile).optional(),
  escalation: z.record(z.string(), z.array(Escalation)).optional(),
  alerts: z.array(AlertFile).optional(),
  outbound: OutboundFile.optional(),
  metrics: z
    .record(z.string(), z.record(z.string(), MetricFile))
    .optional()
    .describe('Service to metrics, for shorter windows.'),
  inputs: z
    .record(z.string(), z.record(z.string(), anyJson))
    .optional()
    .describe('Runbook to defaults of its inputs, for shorter windows.'),
});
export type SettingsOverlay = z.infer<typeof SettingsOverlay>;
