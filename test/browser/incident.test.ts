import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';

import { ben } from '#practice/people.ts';
import { takesOrders } from '#practice/scenarios/takes-orders.ts';
import { openWorld } from '#test/support/world.ts';

import { openEyes } from './support/look.ts';

/** Longer than anything takes here, on a busy machine too. */
const longestMs = 40_000;

/** On a busy machine single orders fail with no fault of the shop: only what many of them say counts. */
const quiet = {
  ordersPerSecond: 15,
  withoutAlerts: [
    'CheckoutLatencyHigh',
    'PaymentGatewayCertificateExpired',
    'PaymentGatewayDown',
    'PaymentGatewayRejectsKey',
  ],
};

function guide(page: Page): Locator {
  return page.getByRole('region', { name: 'Guide' });
}

async function pressWhenShown(button: Locator): Promise<void> {
  await button.first().click({ timeout: longestMs });
}

/** Presses what the app offers, and yes where it asks. */
async function press(page: Page, name: RegExp): Promise<void> {
  await pressWhenShown(page.getByRole('main').getByRole('button', { name }));
  const question = page.locator('dialog.confirm');
  if ((await question.count()) > 0) await question.getByRole('button').last().click();
}

it('lives through the incident of the report by clicking what the guide and the bot show, as two people', async () => {
  await using world = await openWorld({ shop: quiet });
  await world.startBot();
  await using eyes = await openEyes();
  const ana = await eyes.open(world.workspace.pageUrl);
  const shop = ana.getByRole('complementary', { name: 'The practice shop' });

  await guide(ana).getByRole('button', { name: 'Deploy the bad build' }).click();
  await guide(ana).getByText('Press what is recommended').waitFor({ timeout: longestMs });
  await shop.getByText('Alert fires: CheckoutErrorRateHigh').waitFor();
  await guide(ana).getByRole('link', { name: 'Show me' }).click();
  await press(ana, /^Take command$/);
  await press(ana, /^Roll back 1842 → 1841$/);

  await guide(ana).getByText('Be Ben, and approve').waitFor({ timeout: longestMs });
  const other = await eyes.open(new URL(`?as=${ben}`, world.workspace.pageUrl));
  await guide(other).getByText('You are Ben: approve').waitFor();
  await guide(other).getByRole('link', { name: 'Open the request' }).click();
  await press(other, /^Approve rollback$/);

  await shop.getByText('Rolled back').waitFor({ timeout: longestMs });
  await shop.getByRole('img', { name: /^Error rate .* now 0 %/ }).waitFor({ timeout: longestMs });
  await guide(ana).getByText('press «Resolve»').waitFor({ timeout: longestMs });
  await press(ana, /^Resolve$/);
  await guide(ana).getByText('Read the timeline').waitFor({ timeout: longestMs });

  expect(await ana.getByRole('main').getByText('resolved · ana').count()).toBeGreaterThan(0);
  expect(await takesOrders(world.shop.checkoutUrls.production)).toBe(true);
  expect(await world.rollbacks()).toMatchObject([{ status: 'succeeded' }]);
}, 180_000);
