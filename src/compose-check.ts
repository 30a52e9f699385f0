import { createChecks } from '#adapters/checks/checks.ts';
import { createDeployApi } from '#adapters/deploys/http/deploy-api.ts';
import { digestOf } from '#adapters/files/digest.ts';
import { createPrometheus } from '#adapters/metrics/prometheus.ts';
import { createOutbound } from '#adapters/outbound/outbound.ts';
import { systemClock } from '#adapters/system/clock.ts';
import type { CheckDeps } from '#app/check/checking.ts';
import { planWrite } from '#app/writes/plan-write.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Log } from '#ports/log.ts';
import type { Secrets } from '#ports/secrets.ts';

/** What `handrail check` reaches: no database, no chat, and nothing that could write. */
export function composeCheck(given: {
  settings: Settings;
  runbook: (id: string) => Promise<Runbook | null>;
  secrets: Secrets;
  env: Readonly<Record<string, string | undefined>>;
  folders: readonly string[];
  log: Log;
}): CheckDeps {
  const { secrets, env, folders, log } = given;
  const settings = () => given.settings;
  const connections = () => given.settings.connections;
  const outbound = createOutbound({ settings: () => given.settings.outbound });
  const deploys = createDeployApi({ outbound, secrets, connections });
  const metrics = createPrometheus({ outbound, secrets, connections });
  const clock = systemClock;
  const planning = {
    deploys,
    clock,
    log,
    sha256: (text: string) => digestOf(Buffer.from(text)),
    // A plan asks for the settings only.
    runbooks: { settings, get: () => null, all: () => [], problems: () => [], broken: () => [] },
  };
  return {
    checks: createChecks({ outbound, metrics, deploys, secrets, clock, settings, env, folders }),
    planWrite: (request, signal) => planWrite(planning, request, signal),
    runbook: given.runbook,
    settings,
    clock,
    log,
  };
}
