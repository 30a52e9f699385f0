import { digestOf } from '#adapters/files/digest.ts';
import { systemClock } from '#adapters/system/clock.ts';
import type { CheckDeps } from '#app/check/checking.ts';
import { planWrite } from '#app/writes/plan-write.ts';
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
  const planning = {
    ...reach,
    clock: systemClock,
    log,
    sha256: (text: string) => digestOf(Buffer.from(text)),
    runbooks: { settings },
  };
  return {
    checks: reach.checks,
    planWrite: (request, signal) => planWrite(planning, request, signal),
    runbook: given.runbook,
    settings,
    clock: systemClock,
    log,
  };
}
