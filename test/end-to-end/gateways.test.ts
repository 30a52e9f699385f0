import { expect, it } from 'vitest';

import { takesOrders } from '#practice/scenarios/takes-orders.ts';
import { call } from '#test/practice/shop/call.ts';
import {
  buttonForMe,
  incidentChannel,
  message,
  presses,
  recommended,
  sees,
  textOf,
} from '#test/support/at-the-screen.ts';
import { openWorld, type World } from '#test/support/world.ts';

const gatewayA = 'api.gateway-a.example';

it.concurrent('fails over to the other gateway by the kill switch', async () => {
  await using world = await openWorld();
  await world.startBot();
  await world.control('PATCH', '/faults', { gateways: { [gatewayA]: { down: true } } });

  await presses(world.ana, recommended(/^Fail over to B$/));
  const asked = await sees(world.ben, (sight) =>
    sight.channels
      .filter(({ kind }) => kind === 'im')
      .flatMap(({ messages }) => messages)
      .find((one) => /Approval needed/.test(textOf(one))),
  );
  expect(textOf(asked)).toMatch(/Set the flag gateway-a-off of checkout.*production/);
  expect(textOf(asked)).toMatch(/From \*?false\*? to \*?true/);
  await presses(world.ben, buttonForMe(/^Approve flag change$/));
  await presses(world.ana, recommended(/^Ticket opened$/));
  await presses(world.ana, recommended(/^Resolve$/));

  await sees(world.ana, (sight) => incidentChannel(sight)?.topic.includes('resolved'));
  expect(await killSwitch(world)).toMatchObject({ body: { value: true } });
  expect(await takesOrders(world.shop.checkoutUrls.production)).toBe(true);
  expect(await world.incidents()).toHaveLength(1);
});

it.concurrent('declares an incident when a gateway fails two looks in a row', async () => {
  await using world = await openWorld();
  await world.startBot();
  await world.control('PUT', '/traffic', { perSecond: 0 });
  await world.control('PATCH', '/faults', { gateways: { [gatewayA]: { certificate: 'expired' } } });

  await start(world, 'checkout-gateway-monitor', { environment: 'production' });

  const card = await sees(world.ana, message(/Payment gateway .* is unwell/));
  expect(textOf(card)).toContain(gatewayA);
  expect(textOf(card)).not.toContain('api.gateway-b.example');
});

async function start(world: World, runbook: string, inputs: Record<string, string>) {
  await world.ana.type('#checkout', `/runbook start ${runbook}`);
  await sees(world.ana, ({ modal }) => modal?.title === 'Start a runbook');
  expect(await world.ana.submit(inputs)).toMatchObject({ ok: true });
}

function killSwitch({ shop }: World) {
  const path = '/v1/services/checkout/environments/production/flags/gateway-a-off';
  return call('GET', shop.flagsApiUrl + path, {
    headers: { authorization: `Bearer ${shop.flagsToken}` },
  });
}
