import { createChecks } from '#adapters/checks/checks.ts';
import { createOutbound } from '#adapters/outbound/outbound.ts';
import { systemClock } from '#adapters/system/clock.ts';
import type { App } from '#app/app.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Secrets } from '#ports/secrets.ts';

import { whenUsed } from './when-used.ts';

export type Reach = Pick<App, 'checks' | 'series' | 'deploys' | 'code' | 'flags' | 'httpRequests'>;

/** All that runbooks can reach, behind the one gate. */
export function createReach(given: {
  settings: () => Settings;
  secrets: Secrets;
  /** What `source: {env: true}` reads. */
  env: Readonly<Record<string, string | undefined>>;
  /** What `source: {file}` is looked for in. */
  folders: readonly string[];
}): Reach {
  const { settings, secrets, env, folders } = given;
  const outbound = createOutbound({ settings: () => settings().outbound });
  const deps = { outbound, secrets, connections: () => settings().connections };
  const deploys = whenUsed(async () => {
    const { createDeployApi } = await import('#adapters/deploys/http/deploy-api.ts');
    return createDeployApi(deps);
  });
  const code = whenUsed(async () => {
    const { createGitHub } = await import('#adapters/github/github.ts');
    return createGitHub(deps);
  });
  const flags = whenUsed(async () => {
    const { createFlags } = await import('#adapters/flags/flags.ts');
    return createFlags(deps);
  });
  const metrics = whenUsed(async () => {
    const { createPrometheus } = await import('#adapters/metrics/prometheus.ts');
    return createPrometheus(deps);
  });
  const httpRequests = whenUsed(async () => {
    const { createHttpRequests } = await import('#adapters/http/http-requests.ts');
    return createHttpRequests(deps);
  });
  const checks = createChecks({
    outbound,
    secrets,
    settings,
    env,
    folders,
    deploys,
    code,
    flags,
    metrics,
    clock: systemClock,
  });
  const series = whenUsed(async () => {
    const { createMetricSeries } = await import('#adapters/checks/metric-series.ts');
    return createMetricSeries({ metrics, settings, clock: systemClock });
  });
  return { checks, series, deploys, code, flags, httpRequests };
}
