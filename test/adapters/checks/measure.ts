import { createChecks } from '#adapters/checks/checks.ts';
import { createOutbound } from '#adapters/outbound/outbound.ts';
import type { Resolver } from '#adapters/outbound/resolver.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import { systemClock } from '#adapters/system/clock.ts';
import type { Configuration, Deployment } from '#domain/deploys/deployment.ts';
import type { JsonObject } from '#domain/json.ts';
import type { ConnectionSettings, OutboundSettings, Settings } from '#domain/runbook/settings.ts';
import type { Measurement, MeasurementRequest } from '#ports/checks.ts';
import type { CodeHost } from '#ports/code-host.ts';
import type { Deploys } from '#ports/deploys.ts';
import type { Flags } from '#ports/flags.ts';
import type { Metrics, Sample } from '#ports/metrics.ts';
import { PortError } from '#ports/port-error.ts';

type CheckedCode = Pick<CodeHost, 'compare' | 'pullRequestsOf' | 'readPath'>;

export type World = {
  outbound?: Partial<OutboundSettings>;
  names?: Readonly<Record<string, readonly string[]>>;
  /** Null: that of the product. */
  resolver?: Partial<Resolver> | null;
  series?: (query: string, connection: string) => readonly Sample[] | Promise<never>;
  deployments?: readonly Deployment[];
  /** By environment and deployment id. */
  configurations?: Readonly<Record<string, Configuration>>;
  code?: Partial<CheckedCode>;
  /** By connection, environment and flag. */
  flags?: JsonObject;
  secret?: string;
  /** Of type `http`; `shop` is the one of the service. */
  connections?: Readonly<Record<string, { url: string; options?: JsonObject; drill?: boolean }>>;
  env?: Readonly<Record<string, string>>;
  folder?: string;
  timeoutMs?: number;
  signal?: AbortSignal;
  request?: Partial<MeasurementRequest>;
};

/** Measures once, in a world where only HTTP, TLS and TCP are real. */
export async function measure(
  uses: string,
  withInputs: JsonObject,
  world: World = {},
): Promise<Measurement> {
  const secrets = createSecrets({ env: { TOKEN: world.secret ?? 'unused-secret' } });
  secrets.resolve('${{ secrets.TOKEN }}');
  const settings = settingsOf(world);
  const names = world.names ?? {};
  const lookup = async (name: string) => {
    const found = names[name];
    if (found !== undefined) return found;
    throw Object.assign(new Error(`no such name: ${name}`), { code: 'ENOTFOUND' });
  };
  const checks = createChecks({
    outbound: createOutbound({
      settings: () => settings.outbound,
      ...(world.resolver !== null && { resolver: { lookup, query: lookup, ...world.resolver } }),
    }),
    metrics: metricsOf(world),
    deploys: deploysOf(world),
    code: { ...noCode, ...world.code },
    flags: flagsOf(world),
    secrets,
    clock: { ...systemClock, now: () => new Date('2026-11-22T09:12:00.000Z') },
    settings: () => settings,
    env: world.env ?? {},
    folders: [world.folder ?? import.meta.dirname],
  });
  return checks.measure(
    {
      uses,
      with: withInputs,
      service: 'checkout',
      environment: 'production',
      startedAt: '2026-11-22T09:10:00.000Z',
      inputs: {},
      mode: 'live',
      ...world.request,
    },
    {
      timeoutMs: world.timeoutMs ?? 5_000,
      signal: world.signal ?? new AbortController().signal,
    },
  );
}

export function resultOf(measurement: Measurement): JsonObject {
  if (measurement.kind === 'unavailable') throw new Error(measurement.message);
  return measurement.result;
}

function metricsOf(world: World): Metrics {
  return {
    query: async (connection, query) => (await world.series?.(query, connection)) ?? [],
    range: async () => [],
  };
}

const noCode: CheckedCode = {
  compare: async () => ({ commits: [], files: [] }),
  pullRequestsOf: async () => [],
  readPath: async () => null,
};

const none = () => Promise.reject(new Error('a check never writes'));

function deploysOf({ deployments = [], configurations = {} }: World): Deploys {
  return {
    list: async (_target, limit) => deployments.slice(0, limit),
    configuration: async (target, id) => configurations[`${target.environment} ${id}`] ?? {},
    startRollback: none,
    findRollback: none,
    readRollback: none,
    readFreeze: none,
    setFreeze: none,
  };
}

const connection = (type: ConnectionSettings['type'], drill: boolean): ConnectionSettings => ({
  type,
  url: 'http://127.0.0.1:1',
  drill,
  options: {},
});

function httpConnections({ connections = {} }: World): Record<string, ConnectionSettings> {
  return Object.fromEntries(
    Object.entries(connections).map(([name, { url, options = {}, drill = false }]) => [
      name,
      { type: 'http', url, drill, options },
    ]),
  );
}

function flagsOf({ flags = {} }: World): Flags {
  return {
    async read({ flag, ...target }) {
      const value = flags[`${target.connection} ${target.environment} ${flag}`];
      if (value !== undefined) return value;
      throw new PortError('flags.refused', `There is no flag ${flag}.`, { retry: false });
    },
    set: none,
  };
}

function settingsOf(world: World): Settings {
  return {
    services: {
      checkout: {
        owner: 'payments',
        channel: null,
        environments: ['production', 'staging'],
        connections: {
          metrics: 'prometheus',
          deploys: 'deploys',
          code: 'github',
          flags: 'flags',
          ...(world.connections && { http: 'shop' }),
        },
        migrations: [],
        metrics: {
          error_rate: {
            query: 'errors{environment="${{ inputs.environment }}"}',
            traffic: { query: 'traffic', atLeast: 0.1 },
          },
          traffic: { query: 'traffic', traffic: null },
        },
      },
    },
    connections: {
      ...httpConnections(world),
      prometheus: connection('prometheus', false),
      practice: connection('prometheus', true),
      deploys: connection('deploy-api', false),
      github: { ...connection('github', false), options: { repository: 'acme/checkout' } },
      flags: connection('unleash', false),
    },
    inputs: {},
    groups: {},
    approvals: [],
    escalation: {},
    alerts: [],
    outbound: { allow: ['127.0.0.1'], hosts: {}, nameServers: [], ca: null, ...world.outbound },
    incident: {
      channel: '',
      announce: null,
      severities: {},
      roles: [],
      reaction: 'pushpin',
      archiveAfter: null,
      bookmarks: [],
      commands: { incident: 'incident', runbook: 'runbook' },
    },
    permissions: { declare: null, steer: null, redact: null, token: null },
    identities: {},
    proof: null,
    postmortem: { template: null, connection: null, repository: null, path: 'postmortems' },
    runbooks: null,
  };
}
