import { setTimeout as wait } from 'node:timers/promises';

import { call } from '#test/practice/shop/call.ts';
import type { Random } from '#test/simulation/engine/random.ts';
import { alertBody } from '#test/support/alert-body.ts';
import { alertToken } from '#test/support/world.ts';

import type { Replica } from './replica.ts';

const againMs = 300;
const answerMs = 4_000;

/**
 * An Alertmanager: each alert goes to some replica, and again until one has taken it. `acknowledged`
 * has the fingerprints of those.
 */
export function createAlerts(replicas: readonly Replica[], random: Random) {
  const acknowledged: string[] = [];
  let count = 0;

  async function deliver(body: unknown): Promise<void> {
    for (;;) {
      const webUrl = random.pick(replicas)?.webUrl() ?? '';
      if (webUrl !== '' && (await isTaken(webUrl, body))) return;
      await wait(againMs);
    }
  }

  return {
    acknowledged,
    /** A new alert of this group; every fourth one comes twice. */
    async fire(group: string): Promise<void> {
      count += 1;
      const fingerprint = `soak-${count}`;
      const body = alertBody({ group, fingerprint, startsAt: new Date().toISOString() });
      await deliver(body);
      acknowledged.push(fingerprint);
      if (random.chance(1 / 4)) await deliver(body);
    },
  };
}

async function isTaken(webUrl: string, body: unknown): Promise<boolean> {
  const answer = call('POST', `${webUrl}/webhooks/alertmanager`, {
    body,
    headers: { authorization: `Bearer ${alertToken}` },
    signal: AbortSignal.timeout(answerMs),
  });
  const status = await answer.then(
    (given) => given.status,
    () => 0,
  );
  if (status >= 400 && status < 500) throw new Error(`an alert was answered with ${status}`);
  return status === 200;
}
