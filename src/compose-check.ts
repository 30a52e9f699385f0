import { createChecks } from '#adapters/checks/checks.ts';
import { createDeployApi } from '#adapters/deploys/http/deploy-api.ts';
import { createPrometheus } from '#adapters/metrics/prometheus.ts';
import { createOutbound } from '#adapters/outbound/outbound.ts';
import { systemClock } from '#adapters/system/clock.ts';
import type { CheckDeps } from '#app/check/checking.ts';
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
  // A plan asks for the settings only.
  const runbooks = { settings, get: () => null, all: () => [], problems: () => [] };
  return {
    checks: createChecks({ outbound, metrics, deploys, secrets, clock, settings, env, folders }),
    async planWrite(request, signal) {
      // Most gates plan nothing, and every one waits for what is loaded.
      const [{ planWrite }, { digestOf }] = await Promise.all([
        import('#app/writes/plan-write.ts'),
        import('#adapters/files/digest.ts'),
      ]);
      const sha256 = (text: string) => digestOf(Buffer.from(text));
      return planWrite({ deploys, clock, log, sha256, runbooks }, request, signal);
    },
    runbook: given.runbook,
    settings,
    clock,
    log,
  };
}
