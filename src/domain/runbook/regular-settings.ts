import type { SettingsFile, SettingsOverlay } from './settings-file.ts';
import type {
  ConnectionSettings,
  GroupSettings,
  IncidentSettings,
  MetricSettings,
  ServiceSettings,
  Settings,
} from './settings.ts';

type Written<T> = NonNullable<T>;

/** Fills in what the settings may leave out. */
export function regularSettings(file: SettingsFile): Settings {
  return {
    services: mapped(file.services, regularService),
    connections: mapped(file.connections, regularConnection),
    groups: mapped(file.groups, regularGroup),
    approvals: (file.approvals ?? []).map((policy) => ({
      services: policy.services ?? null,
      environments: policy.environments ?? null,
      actions: policy.actions ?? null,
      required: policy.required,
      groups: policy.groups,
      breakGlass: policy.breakGlass ?? [],
    })),
    permissions: {
      declare: file.permissions?.declare ?? null,
      steer: file.permissions?.steer ?? null,
      redact: file.permissions?.redact ?? null,
      token: file.permissions?.token ?? null,
    },
    identities: file.identities ?? {},
    escalation: file.escalation ?? {},
    alerts: regularAlerts(file.alerts),
    outbound: {
      allow: file.outbound?.allow ?? [],
      hosts: file.outbound?.hosts ?? {},
      nameServers: file.outbound?.nameServers ?? [],
      ca: file.outbound?.ca ?? null,
    },
    incident: regularIncident(file.incident),
    inputs: {},
    proof:
      file.proof === undefined
        ? null
        : { cron: file.proof.cron ?? '0 3 * * *', timezone: file.proof.timezone ?? 'UTC' },
    postmortem: {
      template: file.postmortem?.template ?? null,
      connection: file.postmortem?.connection ?? null,
      repository: file.postmortem?.repository ?? null,
      path: folderOf(file.postmortem?.path ?? 'postmortems'),
    },
    runbooks: file.runbooks
      ? {
          connection: file.runbooks.connection ?? null,
          repository: file.runbooks.repository ?? null,
          branch: file.runbooks.branch ?? null,
          path: folderOf(file.runbooks.path ?? 'runbooks'),
        }
      : null,
  };
}

/** Lays an overlay over settings: entries replace by name, lists as a whole. */
export function overlaid(settings: Settings, overlay: SettingsOverlay): Settings {
  const { outbound } = overlay;
  return {
    ...settings,
    services: withMetrics(settings.services, overlay.metrics ?? {}),
    connections: { ...settings.connections, ...mapped(overlay.connections, regularConnection) },
    groups: { ...settings.groups, ...mapped(overlay.groups, regularGroup) },
    escalation: { ...settings.escalation, ...overlay.escalation },
    inputs: overlay.inputs ?? {},
    alerts: overlay.alerts === undefined ? settings.alerts : regularAlerts(overlay.alerts),
    outbound: {
      allow: [...settings.outbound.allow, ...(outbound?.allow ?? [])],
      hosts: { ...settings.outbound.hosts, ...outbound?.hosts },
      nameServers: outbound?.nameServers ?? settings.outbound.nameServers,
      ca: outbound?.ca ?? settings.outbound.ca,
    },
  };
}

function withMetrics(
  services: Settings['services'],
  metrics: Written<SettingsOverlay['metrics']>,
): Settings['services'] {
  return Object.fromEntries(
    Object.entries(services).map(([name, service]) => [
      name,
      { ...service, metrics: { ...service.metrics, ...mapped(metrics[name], regularMetric) } },
    ]),
  );
}

function regularService(file: SettingsFile['services'][string]): ServiceSettings {
  return {
    owner: file.owner,
    channel: file.channel ?? null,
    environments: file.environments,
    connections: file.connections ?? {},
    migrations: file.migrations ?? [],
    metrics: mapped(file.metrics, regularMetric),
  };
}

function regularMetric({
  query,
  traffic,
}: Written<SettingsFile['services'][string]['metrics']>[string]): MetricSettings {
  return { query, traffic: traffic ?? null };
}

function regularConnection(file: Written<SettingsFile['connections']>[string]): ConnectionSettings {
  const { type, url = null, drill = false, ...options } = file;
  return { type, url, drill, options };
}

/** The file has exactly one of the three; the schema saw to it. */
function regularGroup(file: Written<SettingsFile['groups']>[string]): GroupSettings {
  if (file.usergroup !== undefined) return { kind: 'usergroup', usergroup: file.usergroup };
  if (file.oncall !== undefined) return { kind: 'oncall', ...file.oncall };
  return { kind: 'users', users: file.users ?? [] };
}

function regularAlerts(alerts: SettingsFile['alerts']): Settings['alerts'] {
  return (alerts ?? []).map(({ match, severity, declare = 'suggest' }) => ({
    match,
    severity,
    declare,
  }));
}

function regularIncident(file: SettingsFile['incident']): IncidentSettings {
  return {
    channel: file?.channel ?? 'inc-${{ incident.date }}-${{ incident.slug }}',
    announce: file?.announce ?? null,
    severities: mapped(file?.severities ?? DEFAULT_SEVERITIES, (severity) => ({
      updateEvery: severity.updateEvery ?? null,
      invite: severity.invite ?? [],
      followers: severity.followers ?? [],
    })),
    roles: regularRoles(file?.roles ?? ['commander', 'communications', 'scribe']),
    reaction: file?.reaction ?? 'pushpin',
    archiveAfter: file?.archiveAfter ?? null,
    bookmarks: file?.bookmarks ?? [],
    commands: {
      incident: file?.commands?.incident ?? 'incident',
      runbook: file?.commands?.runbook ?? 'runbook',
    },
  };
}

function regularRoles(
  roles: Written<Written<SettingsFile['incident']>['roles']>,
): IncidentSettings['roles'] {
  const given = roles.map((role) =>
    typeof role === 'string'
      ? { name: role, instructions: null }
      : { name: role.name, instructions: role.instructions ?? null },
  );
  return given.some(({ name }) => name === 'commander')
    ? given
    : [{ name: 'commander', instructions: null }, ...given];
}

/** `./runbooks/` and `runbooks` are one folder; the repository's own root is empty. */
function folderOf(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

const DEFAULT_SEVERITIES: Written<Written<SettingsFile['incident']>['severities']> = {
  SEV1: { updateEvery: '30m' },
  SEV2: { updateEvery: '60m' },
  SEV3: {},
};

function mapped<From, To>(
  record: Readonly<Record<string, From>> | undefined,
  convert: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(
    Object.entries(record ?? {}).map(([key, value]) => [key, convert(value)]),
  );
}
