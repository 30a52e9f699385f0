import { expect } from 'vitest';

import { byTheBook } from '#practice/responders/manners.ts';
import { playIncident } from '#practice/responders/play-incident.ts';
import type { Scenario } from '#practice/scenarios/scenario.ts';
import { takesOrders } from '#practice/scenarios/takes-orders.ts';
import { call } from '#test/practice/shop/call.ts';
import { eventually } from '#test/practice/shop/eventually.ts';

import { prometheusValue } from './prometheus-value.ts';
import type { World } from './world.ts';

/** What a scenario may take on a busy machine; on a quiet one it is a tenth. */
export const longest = { timeout: 240_000 };

/** Fewer customers than elsewhere: a scenario takes long enough. */
export const quietShop = { ordersPerSecond: 15, scrapeMs: 200 };

const longestMs = 180_000;

/** Breaks the shop, sees that it is broken, and lets scripted people answer until it is restored. */
export async function playScenario(world: World, scenario: Scenario, manners = byTheBook) {
  const { production } = world.shop.checkoutUrls;
  await world.startBot();
  await scenario.begin(world.shop.controlUrl);
  await eventually(async () => !(await takesOrders(production)));

  const place = { pageUrl: world.workspace.pageUrl, shop: world.shop };
  const deadline = { withinMs: longestMs, signal: AbortSignal.timeout(longestMs) };
  await playIncident(place, { scenario, manners }, deadline);

  await eventually(() => takesOrders(production), { withinMs: 30_000 }).catch(async (cause) => {
    throw new Error(`the shop is not restored:\n${await timelineOf(world)}`, { cause });
  });
}

/** How many payments failed for this reason. */
export function failures({ shop }: World, reason: string): Promise<number> {
  const query = `sum(payment_gateway_failures_total{reason="${reason}"}) or vector(0)`;
  return prometheusValue(shop, query);
}

export async function killSwitch({ shop }: World): Promise<unknown> {
  const path = '/v1/services/checkout/environments/production/flags/gateway-a-off';
  const headers = { authorization: `Bearer ${shop.flagsToken}` };
  return (await call('GET', shop.flagsApiUrl + path, { headers })).body['value'];
}

/** The timeline, a line for each entry. */
export async function timelineOf(world: World): Promise<string> {
  return (await playedIncident(world)).entries.map(({ text }) => text).join('\n');
}

/** The monitor of the gateways may find the same trouble, and declare an incident of its own. */
export async function playedIncident(world: World) {
  const ids = await world.incidents();
  const records = await Promise.all(ids.map(async (id) => (await world.record(id)).record));
  const resolved = records.find(({ incident }) => incident?.status === 'resolved');
  if (resolved === undefined) throw new Error('no incident was resolved');
  return resolved;
}

export function inOrder(...lines: readonly RegExp[]): unknown {
  return expect.stringMatching(new RegExp(lines.map(({ source }) => source).join('[^]*')));
}
