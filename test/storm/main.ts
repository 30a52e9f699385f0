import { parseArgs } from 'node:util';

import { openWorld } from '#test/support/world.ts';

import { percentile, sendStorm, stormOnRecord } from './alert-storm.ts';

/** The alert storm at full length, on a bot that is a process of its own. 0: nothing lost, and in time. */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    rate: { type: 'string', default: '1000' },
    groups: { type: 'string', default: '10' },
  },
});
const mostMs = 500;
const perMinute = Number(values.rate);
const groups = Number(values.groups);
const alerts = Math.round(Number(values.minutes) * perMinute);

await using world = await openWorld();
const { webUrl } = await world.spawnBot();
const { latencies, refused } = await sendStorm([webUrl], { alerts, perMinute, groups });

const recorded = await stormOnRecord(world.store, 1_000);
const found = [...recorded.values()].flat();
const lost = alerts - new Set(found).size;
const doubled = found.length - new Set(found).size;
const [p50, p99] = [0.5, 0.99].map((share) => percentile(latencies, share));
process.stdout.write(
  `alerts: ${alerts}, deliveries: ${latencies.length}, sent again after a 503: ${refused}, lost: ${lost}, ` +
    `recorded twice: ${doubled}, incidents: ${recorded.size} of ${groups} groups, ` +
    `p50: ${p50?.toFixed(0)} ms, p99: ${p99?.toFixed(0)} ms, at most: ${latencies.at(-1)?.toFixed(0)} ms\n`,
);
const inTime = (p99 ?? 0) <= mostMs;
process.exitCode = lost === 0 && doubled === 0 && recorded.size === groups && inTime ? 0 : 1;
