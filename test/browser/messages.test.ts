import { expect, it } from 'vitest';

import { BEN, CARLA, createTestbed, OPS } from '#test/practice/slack/support/testbed.ts';
import { freePort } from '#test/support/free-port.ts';

import { focused, openEyes } from './support/look.ts';

const inOps = `?as=${BEN}&channel=${OPS}`;

it('shows what others write at once, and leaves alone what is being typed', async () => {
  await using bed = await createTestbed();
  await using eyes = await openEyes();
  const page = await eyes.open(new URL(inOps, bed.workspace.pageUrl));
  const composer = page.getByLabel('Message #ops as Ben Ito');

  await composer.pressSequentially('half a sen');
  await bed.carla.type('ops', 'checkout is *down*');

  await page
    .getByRole('article', { name: /^Carla Ruiz/ })
    .getByText('checkout is down')
    .waitFor();
  expect(await composer.inputValue()).toBe('half a sen');
  expect(await focused(page)).toBe('say');
});

it('catches up after the connection was lost', async () => {
  await using bed = await createTestbed();
  await using eyes = await openEyes({ trouble: /ERR_INTERNET_DISCONNECTED/ });
  const page = await eyes.open(new URL(inOps, bed.workspace.pageUrl));
  await bed.carla.type('ops', 'before');
  await page.getByRole('article').getByText('before').waitFor();

  await page.context().setOffline(true);
  await bed.carla.type('ops', 'meanwhile');
  await page.context().setOffline(false);

  await page.getByRole('article').getByText('meanwhile').waitFor();
  expect(await page.getByRole('article').count()).toBe(2);
});

it('shows what is there now when the workspace was started anew', async () => {
  const port = await freePort();
  await using eyes = await openEyes({ trouble: /ERR_/ });
  const first = await createTestbed({ port });
  const page = await eyes.open(new URL(inOps, first.workspace.pageUrl));
  await first.carla.type('ops', 'before');
  await page.getByRole('article').getByText('before').waitFor();
  await first[Symbol.asyncDispose]();

  await using second = await createTestbed({ port });
  await second.carla.type('ops', 'after');

  await page.getByRole('article').getByText('after').waitFor();
  expect(await page.getByRole('article').count()).toBe(1);
});

it('shows whoever has written what came of it, wherever they were reading', async () => {
  await using bed = await createTestbed();
  await using eyes = await openEyes();
  for (let line = 1; line <= 40; line += 1) await bed.carla.type('ops', `line ${line}`);
  const page = await eyes.open(new URL(inOps, bed.workspace.pageUrl));
  await page.getByRole('article').getByText('line 1', { exact: true }).scrollIntoViewIfNeeded();

  await page.getByLabel('Message #ops as Ben Ito').fill('is it over?');
  await page.keyboard.press('Enter');

  await expect
    .poll(() => page.getByRole('article').getByText('is it over?').isVisible())
    .toBe(true);
  expect(await page.getByRole('button', { name: /New messages/ }).isVisible()).toBe(false);
});

it('writes, mentions, edits and deletes', async () => {
  await using bed = await createTestbed();
  await using eyes = await openEyes();
  const page = await eyes.open(new URL(inOps, bed.workspace.pageUrl));
  const composer = page.getByLabel('Message #ops as Ben Ito');

  await composer.pressSequentially('ask @car');
  await page.getByRole('option', { name: '@carla Carla Ruiz' }).waitFor();
  await page.keyboard.press('Enter');
  expect(await composer.inputValue()).toBe('ask @carla ');
  await page.keyboard.press('Enter');
  await page.getByRole('article').getByText('@carla').waitFor();

  await page.keyboard.press('ArrowUp');
  const editor = page.getByRole('textbox', { name: 'Edit message' });
  expect(await editor.inputValue()).toBe('ask @carla');
  await editor.fill('ask @ben');
  await page.keyboard.press('Enter');
  await page.getByText('(edited)').waitFor();

  const mine = page.getByRole('article', { name: /^Ben Ito/ });
  await mine.hover();
  await mine.getByRole('button', { name: 'More message actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete message…' }).click();
  await page
    .getByRole('dialog', { name: 'Delete message' })
    .getByRole('button', { name: 'Delete' })
    .click();
  await mine.waitFor({ state: 'detached' });
});

it('reacts with one click or any emoji, pins, and answers in a thread', async () => {
  await using bed = await createTestbed();
  await using eyes = await openEyes();
  await bed.carla.type('ops', 'error rate is 42 %');
  const page = await eyes.open(new URL(inOps, bed.workspace.pageUrl));
  const message = page.getByRole('article', { name: /^Carla Ruiz/ });
  const tools = message.getByRole('toolbar');

  await message.hover();
  await tools.getByRole('button', { name: 'React with pushpin' }).click();
  await message.getByRole('button', { name: 'pushpin, by ben', pressed: true }).waitFor();
  await tools.getByRole('button', { name: 'Find another reaction' }).click();
  await page.getByRole('searchbox', { name: 'Search emoji' }).fill('fire');
  await page.getByRole('button', { name: 'fire', exact: true }).click();
  await message.getByRole('button', { name: 'fire, by ben' }).click();
  await message.getByRole('button', { name: 'fire, by ben' }).waitFor({ state: 'detached' });

  await tools.getByRole('button', { name: 'More message actions' }).click();
  await page.getByRole('menuitem', { name: 'Pin to this channel' }).click();
  await page.getByRole('button', { name: '1 pinned message' }).waitFor();

  await message.hover();
  await tools.getByRole('link', { name: 'Reply in thread' }).click();
  await page.waitForLoadState();
  await page.getByLabel('Reply in the thread as Ben Ito').fill('looking');
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Thread' }).getByText('looking').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /^1 reply/ }).waitFor();
  expect(await page.getByRole('complementary', { name: 'Thread' }).count()).toBe(0);
});

it('shows to one person alone what is meant for them, until they dismiss it', async () => {
  await using bed = await createTestbed();
  await using eyes = await openEyes();
  await bed.api('chat.postEphemeral', { channel: OPS, user: BEN, text: 'Nobody else sees this' });
  const page = await eyes.open(new URL(inOps, bed.workspace.pageUrl));
  const other = await eyes.open(new URL(`?as=${CARLA}&channel=${OPS}`, bed.workspace.pageUrl));

  await page.getByText('Only visible to you').waitFor();
  expect(await other.getByText('Nobody else sees this').count()).toBe(0);

  await page.getByRole('button', { name: 'Dismiss message' }).click();
  await page.getByText('Nobody else sees this').waitFor({ state: 'detached' });
});

it('marks what is unread, tells whom something waits for, and is somebody else at a key', async () => {
  await using bed = await createTestbed();
  await using eyes = await openEyes();
  const page = await eyes.open(new URL(`?as=${CARLA}&channel=C0GENERAL`, bed.workspace.pageUrl));
  const channels = page.getByRole('navigation', { name: 'Channels' });

  await bed.ben.type('ops', 'anybody?');
  await channels.getByRole('link', { name: 'ops unread' }).waitFor();
  await bed.ben.type('ops', '@carla please');
  await channels.getByRole('link', { name: 'ops 1 for you' }).waitFor();
  await bed.api('chat.postMessage', { channel: BEN, text: 'Approve?' });
  await page.getByRole('link', { name: 'Be Ben 1 waiting' }).waitFor();

  await channels.getByRole('link', { name: /^ops/ }).click();
  await page.waitForLoadState();
  await page.getByRole('article').getByText('anybody?').waitFor();
  await channels.getByRole('link', { name: 'ops', exact: true }).waitFor();

  await page.keyboard.press('Control+Shift+Digit1');
  await page.getByRole('heading', { name: 'Practice workspace, as Ben Ito' }).waitFor();
  await page.getByRole('article').getByText('Approve?').waitFor();
  await page.getByRole('link', { name: 'You are Ben', exact: true }).waitFor();
  expect(new URL(page.url()).searchParams.get('as')).toBe(BEN);
});
