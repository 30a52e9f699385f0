import { parseArgs } from 'node:util';

import { openWorld } from '#test/support/world.ts';

import { percentile } from './alert-storm.ts';
import { rush } from './rush.ts';

/** Many incidents at one time, within Slack's limits. 0: each approval was asked for in time. */
const { values } = parseArgs({
  options: {
    incidents: { type: 'string', default: '20' },
    alerts: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '1000' },
    replicas: { type: 'string', default: '2' },
  },
});
const mostMs = 5_000;

// The alerts come from the storm alone.
await using world = await openWorld({
  shop: { alert: { window: '2s', forMs: 3_600_000, repeatMs: 60_000, retryMs: 200 } },
});
const webUrls: string[] = [];
while (webUrls.length < Number(values.replicas)) webUrls.push((await world.spawnBot()).webUrl);
await world.breakProduction();
const { offered, asked, alerts, calls } = await rush(world, webUrls, {
  incidents: Number(values.incidents),
  alerts: Number(values.alerts),
  perMinute: Number(values.rate),
});

const ms = (list: readonly number[], share: number) => `${percentile(list, share).toFixed(0)} ms`;
const sum = (pick: 'calls' | 'limited') => calls.reduce((all, one) => all + one[pick], 0);
const often = calls.toSorted((one, other) => other.calls - one.calls);
const lines = [
  `incidents: ${values.incidents}, alerts: ${values.alerts}, replicas: ${values.replicas}`,
  `answers to alerts: p99 ${ms(alerts.latencies, 0.99)}, sent again after a 503: ${alerts.refused}`,
  `rollback offered after: p50 ${ms(offered, 0.5)}, at most ${ms(offered, 1)}`,
  `approval on screen after: p50 ${ms(asked, 0.5)}, at most ${ms(asked, 1)}`,
  `calls of Slack: ${sum('calls')}, refused by its limits: ${sum('limited')}`,
  ...often.map(({ method, calls: all, limited }) => `  ${method}: ${all}, refused ${limited}`),
];
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = percentile(asked, 1) <= mostMs ? 0 : 1;
