import { expect, it } from 'vitest';

import { createShop } from '#practice/shop/shop.ts';
import { createTestbed } from '#test/practice/slack/support/testbed.ts';

import { openEyes, phone, violations } from './support/look.ts';

const quick = { ordersPerSecond: 30, scrapeMs: 100, stageMs: { deploy: 10, rollback: 100 } };

async function openWithShop() {
  await using opened = new AsyncDisposableStack();
  const shop = opened.use(await createShop(quick));
  const bed = opened.use(await createTestbed({ shop }));
  const eyes = opened.use(await openEyes());
  const parts = opened.move();
  return {
    shop,
    url: bed.workspace.pageUrl,
    eyes,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

it('shows how the shop fares, breaks it and mends it', async () => {
  await using bench = await openWithShop();
  const page = await bench.eyes.open(bench.url);
  const shop = page.getByRole('complementary', { name: 'The practice shop' });
  await shop.getByText('Takes orders').waitFor();

  await shop.getByRole('button', { name: 'Break Gateway down' }).click();
  await shop.getByRole('img', { name: /^Error rate .* now [1-9]/ }).waitFor();

  await shop.getByRole('button', { name: 'Mend Gateway down' }).click();
  await shop.getByRole('img', { name: /^Error rate .* now 0 %/ }).waitFor();
  expect(await shop.getByRole('button', { name: /^Mend/ }).count()).toBe(0);
});

it('shows a gap in the metrics as no data, not as a zero', async () => {
  await using bench = await openWithShop();
  const page = await bench.eyes.open(bench.url);
  const shop = page.getByRole('complementary', { name: 'The practice shop' });
  await shop.getByText('Takes orders').waitFor();

  await shop.getByRole('button', { name: 'Break Metrics gap' }).click();
  await shop.getByRole('img', { name: /^Error rate over two minutes: now no data/ }).waitFor();
  expect(await shop.getByText('No data').count()).toBeGreaterThan(1);

  await shop.getByRole('button', { name: 'Put everything back' }).click();
  await shop.getByText('Takes orders').waitFor();
});

it('follows a deployment, and says so when the shop is gone', async () => {
  await using bench = await openWithShop();
  const page = await bench.eyes.open(bench.url);
  const shop = page.getByRole('complementary', { name: 'The practice shop' });

  await page.getByRole('button', { name: 'Deploy the bad build' }).click();
  await shop.getByRole('listitem').filter({ hasText: '1842' }).getByText('Runs').waitFor();
  await bench.shop.close();
  await shop.getByText('The shop does not answer.').waitFor();
  expect(await page.getByRole('region', { name: 'Guide' }).count()).toBe(1);
});

it('has no guide once it was closed, until it is opened again', async () => {
  await using bench = await openWithShop();
  const page = await bench.eyes.open(bench.url);
  const guide = page.getByRole('region', { name: 'Guide' });

  await guide.getByRole('button', { name: 'Close the guide' }).click();
  await guide.waitFor({ state: 'detached' });
  await page.reload();
  expect(await guide.count()).toBe(0);

  await page.getByRole('button', { name: 'Guide' }).click();
  await guide.waitFor();
});

it.each(['light', 'dark'] as const)('violates no rule of axe in the %s theme', async (theme) => {
  await using bench = await openWithShop();
  const page = await bench.eyes.open(bench.url, { theme });
  const shop = page.getByRole('complementary', { name: 'The practice shop' });
  await page.getByRole('button', { name: 'Deploy the bad build' }).click();
  await shop.getByRole('img', { name: /^Error rate .* now [1-9]/ }).waitFor();
  expect(await violations(page)).toEqual([]);

  const small = await bench.eyes.open(bench.url, { theme, size: phone });
  await small.getByRole('button', { name: 'Shop', exact: true }).click();
  await small.getByRole('complementary', { name: 'The practice shop' }).waitFor();
  expect(await violations(small)).toEqual([]);
});
