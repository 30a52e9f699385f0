import type { SeriesStore } from '#practice/shop/metrics/series-store.ts';

import type { AlertState } from './alert-rule.ts';
import { createAlerting, type Alerting, type AlertOptions } from './alerting.ts';
import type { AlertTarget } from './post-webhook.ts';
import { alertRules, type AlertRule } from './rules.ts';

export type Alerts = {
  /** By the rule's name. */
  states: () => Readonly<Record<string, AlertState>>;
  /** Looks at the metrics as they are at `now`, and posts what is due. */
  evaluate: (now: number) => Promise<void>;
};

const OPTIONS: AlertOptions = { window: '10s', forMs: 1000, repeatMs: 30_000, retryMs: 1000 };

/** Every rule of the shop; one that is held back by another says nothing. */
export function createAlerts(deps: {
  options: Partial<AlertOptions>;
  /** Names of rules that are not looked at. */
  without: readonly string[];
  store: SeriesStore;
  prometheusUrl: string;
  target: () => AlertTarget | null;
  closing: AbortSignal;
}): Alerts {
  const alertings = new Map<AlertRule, Alerting>();

  function isActive(rule: AlertRule): boolean {
    const status = alertings.get(rule)?.state().status;
    return status === 'pending' || status === 'firing';
  }

  for (const rule of alertRules.filter(({ name }) => !deps.without.includes(name))) {
    const inhibited = () => rule.inhibitedBy.some(isActive);
    const options = { ...OPTIONS, ...deps.options };
    alertings.set(rule, createAlerting({ ...deps, rule, options, inhibited }));
  }

  return {
    states: () =>
      Object.fromEntries([...alertings].map(([{ name }, { state }]) => [name, state()])),

    async evaluate(now) {
      await Promise.all([...alertings.values()].map((alerting) => alerting.evaluate(now)));
    },
  };
}
