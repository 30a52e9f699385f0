import { describe, expect, it } from 'vitest';

import { badGatewayUrl } from '#practice/scenarios/bad-gateway-url.ts';
import { certificateExpired } from '#practice/scenarios/certificate-expired.ts';
import { scenarios as byName } from '#practice/scenarios/registry.ts';
import { rollbackDoesNotHelp } from '#practice/scenarios/rollback-does-not-help.ts';
import { takesOrders } from '#practice/scenarios/takes-orders.ts';

import { eventually } from './shop/eventually.ts';
import { openShop } from './shop/open-shop.ts';

const scenarios = Object.values(byName);

describe('a scenario of practice', () => {
  it('has a name of its own, a title and a sentence', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(6);
    expect(scenarios.map(({ name }) => name)).toEqual(Object.keys(byName));
    for (const { title, sentence } of scenarios) {
      expect(title).not.toMatch(/\.$/);
      expect(sentence).toMatch(/\.$/);
    }
  });

  it.each(scenarios)('$name breaks the shop, and nothing mends it by itself', async (scenario) => {
    await using shop = await openShop({ ordersPerSecond: 0 });
    expect(await takesOrders(shop.checkoutUrls.production)).toBe(true);

    await scenario.begin(shop.controlUrl);

    await eventually(async () => !(await takesOrders(shop.checkoutUrls.production)));
    expect(await takesOrders(shop.checkoutUrls.production)).toBe(false);
  });

  it('is over by what is done outside where the mend is outside', async () => {
    await using shop = await openShop({ ordersPerSecond: 0 });
    await certificateExpired.begin(shop.controlUrl);
    await eventually(async () => !(await takesOrders(shop.checkoutUrls.production)));

    for (const chore of certificateExpired.chores) await chore.done(shop.controlUrl);

    expect(await eventually(() => takesOrders(shop.checkoutUrls.production))).toBe(true);
  });

  it('can be one that a rollback mends, or one that it does not', async () => {
    await using mended = await openShop({ ordersPerSecond: 0 });
    await badGatewayUrl.begin(mended.controlUrl);
    await mended.running('production', '1842');
    await eventually(
      async () => (await mended.rollBack('production-4', 'production-3')).status === 202,
    );
    await eventually(() => takesOrders(mended.checkoutUrls.production));

    await using other = await openShop({ ordersPerSecond: 0 });
    await rollbackDoesNotHelp.begin(other.controlUrl);
    expect(await other.rollBack('production-4', 'production-3')).toMatchObject({ status: 202 });
    await other.running('production', '1841');
    expect(await takesOrders(other.checkoutUrls.production)).toBe(false);

    for (const chore of rollbackDoesNotHelp.chores) await chore.done(other.controlUrl);
    await eventually(() => takesOrders(other.checkoutUrls.production));
  });
});
