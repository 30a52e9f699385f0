import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';

import { BEN, createTestbed, OPS } from '#test/practice/slack/support/testbed.ts';

import { pressBlocks } from './support/every-block.ts';
import { focused, openEyes } from './support/look.ts';

const mostStops = 60;

/** Goes on with the tab key until the keyboard is at something with this name. */
async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  const seen: string[] = [];
  for (let stop = 0; stop < mostStops; stop += 1) {
    await page.keyboard.press(key);
    const at = page.locator(':focus');
    const [line = ''] = (await at.count()) === 0 ? [] : (await at.ariaSnapshot()).split('\n');
    if (name.test(line)) return;
    seen.push(line);
  }
  throw new Error(`the keyboard does not come to ${String(name)}:\n${seen.join('\n')}`);
}

it('reads, presses, reacts and answers with no mouse at all', async () => {
  await using bed = await createTestbed();
  await using eyes = await openEyes();
  const pressed: string[] = [];
  await bed.socketApp((app) => {
    app.action(/.*/, async ({ ack, action }) => {
      await ack();
      if ('action_id' in action) pressed.push(action.action_id);
    });
  });
  await bed.api('chat.postMessage', { channel: OPS, text: 'x', blocks: pressBlocks });
  const page = await eyes.open(new URL(`?as=${BEN}&channel=${OPS}`, bed.workspace.pageUrl));

  await tabTo(page, /Skip to the messages/);
  await page.keyboard.press('Enter');
  await tabTo(page, /button "Roll back 1842 → 1841"/);
  await page.keyboard.press('Enter');
  await tabTo(page, /button "Roll back"$/);
  await page.keyboard.press('Enter');
  await expect.poll(() => pressed).toEqual(['primary']);

  await tabTo(page, /button "More actions"/);
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Option one' }).waitFor();
  await tabTo(page, /menuitem "Option three"/, 'ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => pressed).toEqual(['primary', 'more']);

  await tabTo(page, /button "React with pushpin"/);
  await tabTo(page, /button "React with eyes"/, 'ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'eyes, by ben', pressed: true }).waitFor();
  await tabTo(page, /button "More message actions"/, 'ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Add to timeline' }).waitFor();
  await page.keyboard.press('Escape');
  await tabTo(page, /link "Reply in thread"/, 'ArrowLeft');
  await page.keyboard.press('Enter');
  await page.waitForLoadState();

  await tabTo(page, /textbox "Reply in the thread/);
  await page.keyboard.type('On it');
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Thread' }).getByText('On it').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /^1 reply/ }).waitFor();

  await page.waitForLoadState();
  await page.keyboard.press('Alt+ArrowDown');
  await page.getByRole('heading', { name: 'general', level: 2 }).waitFor();
  await expect.poll(() => focused(page)).toBe('messages');
});

const buttons = (...labels: readonly string[]) => [
  {
    type: 'actions',
    elements: labels.map((text, index) => ({
      type: 'button',
      action_id: `act:${index}`,
      text: { type: 'plain_text', text },
    })),
  },
];

it('stays at the message when a press takes its button away, and presses no other that comes in its place', async () => {
  await using bed = await createTestbed();
  await using eyes = await openEyes();
  await bed.socketApp((app) => {
    app.action(/.*/, async ({ ack, body, client }) => {
      await ack();
      const ts = 'message' in body ? (body.message?.['ts'] ?? '') : '';
      const first = 'actions' in body && JSON.stringify(body.actions).includes('Take command');
      const blocks = first ? buttons('Send update', 'Resolve') : [];
      await client.chat.update({ channel: OPS, ts, text: 'x', blocks });
    });
  });
  await bed.api('chat.postMessage', {
    channel: OPS,
    text: 'x',
    blocks: buttons('Take command', 'Send update', 'Resolve'),
  });
  const page = await eyes.open(new URL(`?as=${BEN}&channel=${OPS}`, bed.workspace.pageUrl));
  const message = page.getByRole('main').getByRole('article');

  await tabTo(page, /button "Take command"/);
  await page.keyboard.press('Enter');
  await message.getByRole('button', { name: 'Take command' }).waitFor({ state: 'detached' });
  await expect.poll(() => focused(page)).toBe(await message.getAttribute('id'));

  await tabTo(page, /button "Resolve"/);
  await page.keyboard.press('Enter');
  await message.getByRole('button', { name: 'Resolve' }).waitFor({ state: 'detached' });
  await expect.poll(() => focused(page)).toBe(await message.getAttribute('id'));
});
