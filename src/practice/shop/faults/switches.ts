import { z } from 'zod';

import type { AlertTarget } from '#practice/shop/alerts/post-webhook.ts';
import { NO_ROLLBACK_FAULTS, type RollbackFaults } from '#practice/shop/deploys/rollback-faults.ts';
import type { FlagFault } from '#practice/shop/flags/flag-app.ts';

/** `gap`: nothing is scraped. `down`: Prometheus answers 503. */
export const MetricsFault = z.enum(['none', 'gap', 'down']);
export type MetricsFault = z.infer<typeof MetricsFault>;

/** How the platform around the shop misbehaves; whoever is asked reads it anew. */
export type Switches = {
  rollbacks: RollbackFaults;
  metrics: MetricsFault;
  flags: FlagFault;
  alertTarget: AlertTarget | null;
};

export const allWell = { rollbacks: NO_ROLLBACK_FAULTS, metrics: 'none', flags: 'none' } as const;

export function newSwitches(alertTarget: AlertTarget | null): Switches {
  return { ...allWell, alertTarget };
}
