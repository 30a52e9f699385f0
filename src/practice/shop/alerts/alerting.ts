import type { SeriesStore } from '#practice/shop/metrics/series-store.ts';
import { evaluate } from '#practice/shop/promql/evaluate.ts';
import { parsePromql } from '#practice/shop/promql/parse.ts';

import { stepAlert, type AlertState } from './alert-rule.ts';
import { createNotifier } from './notifier.ts';
import { postWebhook, type AlertTarget } from './post-webhook.ts';
import type { AlertRule } from './rules.ts';
import { webhookBody } from './webhook-body.ts';

export type AlertOptions = {
  /** Over how long a rule looks that has no window of its own, in PromQL's spelling. */
  window: string;
  forMs: number;
  repeatMs: number;
  retryMs: number;
};

export type Alerting = {
  state: () => AlertState;
  /** Looks at the metrics as they are at `now`, and posts what is due. */
  evaluate: (now: number) => Promise<void>;
};

/** A rule, and its way to whoever is to be told. */
export function createAlerting(deps: {
  rule: AlertRule;
  /** While another rule speaks of the same trouble this one says nothing. */
  inhibited: () => boolean;
  options: AlertOptions;
  store: SeriesStore;
  prometheusUrl: string;
  target: () => AlertTarget | null;
  closing: AbortSignal;
}): Alerting {
  const { forMs, repeatMs, retryMs, window } = deps.options;
  const { rule } = deps;
  const expression = `${rule.expression(rule.window ?? window)} > ${rule.threshold}`;
  const parsed = parsePromql(expression);
  let state: AlertState = { status: 'inactive' };

  const notifier = createNotifier({
    repeatMs,
    retryMs,
    async send(alert) {
      const target = deps.target();
      if (target === null) return 'undelivered';
      const { prometheusUrl, closing } = deps;
      return postWebhook(target, webhookBody(alert, { rule, expression, prometheusUrl }), closing);
    },
  });

  return {
    state: () => state,

    async evaluate(now) {
      const found = evaluate(parsed, { series: deps.store.series(), atMs: now });
      const value = typeof found === 'number' ? null : (found[0]?.value ?? null);
      state = stepAlert(state, { value, now, forMs });
      if (!deps.inhibited()) await notifier.tick(state, now);
    },
  };
}
