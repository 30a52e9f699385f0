import { systemClock } from '#adapters/system/clock.ts';
import type { CheckDeps } from '#app/check/checking.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Log } from '#ports/log.ts';
import type { Secrets } from '#ports/secrets.ts';

import { createReach } from './compose-reach.ts';

/** What `handrail check` reaches: no database, no chat, and nothing that could write. */
export function composeCheck(given: {
  settings: Settings;
  runbook: (id: string) => Promise<Runbook | null>;
  secrets: Secrets;
  env: Readonly<Record<string, string | undefined>>;
  folders: readonly string[];
  log: Log;
}): CheckDeps {
  const { log } = given;
  const settings = () => given.settings;
  const reach = createReach({ ...given, settings });
  return {
    checks: reach.checks,
    async planWrite(request, signal) {
      // Most gates plan nothing, and every one waits for what is loaded.
      const [{ planWrite }, { digestOf }] = await Promise.all([
        import('#app/writes/plan-write.ts'),
        import('#adapters/files/digest.ts'),
      ]);
      const sha256 = (text: string) => digestOf(Buffer.from(text));
      const deps = { ...reach, clock: systemClock, log, sha256, runbooks: { settings } };
      return planWrite(deps, request, signal);
    },
    runbook: given.runbook,
    settings,
    clock: systemClock,
    log,
  };
}
