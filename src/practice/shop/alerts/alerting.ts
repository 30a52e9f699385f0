import type { SeriesStore } from '#practice/shop/metrics/series-store.ts';
import { evaluate } from '#practice/shop/promql/evaluate.ts';
import { parsePromql } from '#practice/shop/promql/parse.ts';

import { stepAlert, type AlertState } from './alert-rule.ts';
import { createNotifier } from './notifier.ts';
import { postWebhook, type AlertTarget } from './post-webhook.ts';
import { webhookBody } from './webhook-body.ts';

export type AlertOptions = {
  /** Over how long the error rate is taken, in PromQL's spelling. */
  window: string;
  /** A share: 0.05. */
  threshold: number;
  forMs: number;
  repeatMs: number;
  retryMs: number;
};

export type Alerting = {
  state: () => AlertState;
  /** Looks at the metrics as they are at `now`, and posts what is due. */
  evaluate: (now: number) => Promise<void>;
};

/** The rule on production's error rate, and its way to whoever is to be told. */
export function createAlerting(deps: {
  options: AlertOptions;
  store: SeriesStore;
  prometheusUrl: string;
  target: () => AlertTarget | null;
  closing: AbortSignal;
}): Alerting {
  const { forMs, repeatMs, retryMs, threshold, window } = deps.options;
  const expression = `${errorRate(window)} > ${threshold}`;
  const parsed = parsePromql(expression);
  let state: AlertState = { status: 'inactive' };

  const notifier = createNotifier({
    repeatMs,
    retryMs,
    async send(alert) {
      const target = deps.target();
      if (target === null) return 'undelivered';
      const { prometheusUrl, closing } = deps;
      return postWebhook(target, webhookBody(alert, { expression, prometheusUrl }), closing);
    },
  });

  return {
    state: () => state,

    async evaluate(now) {
      const found = evaluate(parsed, { series: deps.store.series(), atMs: now });
      const value = typeof found === 'number' ? null : (found[0]?.value ?? null);
      state = stepAlert(state, { value, now, forMs });
      await notifier.tick(state, now);
    },
  };
}

function errorRate(window: string): string {
  const selector = 'service="checkout",environment="production"';
  const failed = `sum(rate(http_requests_total{${selector},code=~"5.."}[${window}]))`;
  return `${failed} / sum(rate(http_requests_total{${selector}}[${window}]))`;
}
