import { createChecks } from '#adapters/checks/checks.ts';
import { createMetricSeries } from '#adapters/checks/metric-series.ts';
import { createDeployApi } from '#adapters/deploys/http/deploy-api.ts';
import { createFlags } from '#adapters/flags/flags.ts';
import { createGitHub } from '#adapters/github/github.ts';
import { createHttpRequests } from '#adapters/http/http-requests.ts';
import { createPrometheus } from '#adapters/metrics/prometheus.ts';
import { createOutbound } from '#adapters/outbound/outbound.ts';
import { systemClock } from '#adapters/system/clock.ts';
import type { App } from '#app/app.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Secrets } from '#ports/secrets.ts';

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
  const deploys = createDeployApi(deps);
  const code = createGitHub(deps);
  const flags = createFlags(deps);
  const metrics = createPrometheus(deps);
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
  const series = createMetricSeries({ metrics, settings, clock: systemClock });
  return { checks, series, deploys, code, flags, httpRequests: createHttpRequests(deps) };
}
