import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

import { Agent, request } from 'undici';

import type { EventStore } from '#ports/event-store.ts';
import { alertBody } from '#test/support/alert-body.ts';
import { alertToken } from '#test/support/world.ts';

export type Storm = { alerts: number; perMinute: number; groups: number };

/** Every so many is delivered once more, as by a second Alertmanager of the same cluster. */
const redeliveredEvery = 10;
const redeliveredAfterMs = 1_500;
/** As Alertmanager does it, only sooner: what was not taken in is sent again. */
const againAfterMs = 500;
const mostTries = 20;

/**
 * Sends alerts at their own pace, whether or not those before were answered: each fires once, in one
 * of the groups, and comes to one of the replicas. `latencies` are those of every answer, in milliseconds; `refused` counts what had to be
 * sent again.
 */
export async function sendStorm(webUrls: readonly string[], { alerts, perMinute, groups }: Storm) {
  const agent = new Agent({ connections: 50, pipelining: 1 });
  const latencies: number[] = [];
  let refused = 0;

  async function deliver(body: string, nth: number): Promise<void> {
    const webUrl = webUrls[nth % webUrls.length] ?? '';
    for (let tries = 0; tries < mostTries; tries += 1) {
      const sentAt = performance.now();
      const status = await post(webUrl, body, agent);
      latencies.push(performance.now() - sentAt);
      if (status === 200) return;
      if (status < 500) throw new Error(`an alert was answered with ${status}`);
      refused += 1;
      await pause(againAfterMs);
    }
    throw new Error('an alert was not taken in');
  }

  const deliveries: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let index = 0; index < alerts; index += 1) {
    const early = startedAt + (index * 60_000) / perMinute - performance.now();
    if (early > 0) await pause(early);
    const group = `storm-${index % groups}`;
    const startsAt = new Date(Date.now()).toISOString();
    const body = JSON.stringify(alertBody({ group, startsAt, fingerprint: `storm-${index}` }));
    deliveries.push(deliver(body, index));
    if (index % redeliveredEvery === 0) {
      deliveries.push(pause(redeliveredAfterMs).then(() => deliver(body, index + 1)));
    }
  }
  await Promise.all(deliveries);
  await agent.close();
  return { latencies: latencies.toSorted((one, other) => one - other), refused };
}

async function post(webUrl: string, body: string, agent: Agent): Promise<number> {
  const answer = await request(`${webUrl}/webhooks/alertmanager`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${alertToken}`, 'content-type': 'application/json' },
    dispatcher: agent,
  });
  await answer.body.dump();
  return answer.statusCode;
}

/** What the record has of a storm: by incident, the alerts in it, each time that one is recorded. */
export async function stormOnRecord(
  store: EventStore,
  most: number,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const id of await store.streams({ prefix: 'inc-', limit: most })) {
    const events = await store.load(id, 0);
    const alerts = events.flatMap(({ event }) => alertsIn(event));
    if (alerts.length > 0) found.set(id, alerts);
  }
  return found;
}

function alertsIn(event: Readonly<Record<string, unknown>>): string[] {
  const { type, alerts } = event;
  if (type !== 'AlertChanged' || !Array.isArray(alerts)) return [];
  return alerts
    .map((alert: { fingerprint: string }) => alert.fingerprint)
    .filter((fingerprint) => fingerprint.startsWith('storm-'));
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
