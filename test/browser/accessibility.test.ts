import { describe, expect, it } from 'vitest';

import { BEN, createTestbed, OPS, type Testbed } from '#test/practice/slack/support/testbed.ts';

import { everyInput, pressBlocks, progressBlocks, textBlocks } from './support/every-block.ts';
import { openEyes, phone, violations } from './support/look.ts';

const places = `?as=${BEN}&channel=${OPS}`;

async function withEverything(): Promise<Testbed> {
  const bed = await createTestbed({ rateLimits: false });
  await bed.carla.type('ops', 'Is anybody looking? @ben');
  for (const blocks of [textBlocks, progressBlocks, pressBlocks]) {
    expect(await bed.api('chat.postMessage', { channel: OPS, text: 'x', blocks })).toMatchObject({
      ok: true,
    });
  }
  const { ts } = await bed.api('chat.postMessage', { channel: OPS, text: 'Begin here' });
  await bed.api('chat.postMessage', { channel: OPS, text: 'A reply', thread_ts: ts });
  await bed.api('chat.postEphemeral', { channel: OPS, user: BEN, text: 'For you alone' });
  await bed.api('pins.add', { channel: OPS, timestamp: ts });
  await bed.api('reactions.add', { channel: OPS, timestamp: ts, name: 'eyes' });
  return bed;
}

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it('a channel with everything in it violates no rule of axe', async () => {
    await using bed = await withEverything();
    await using eyes = await openEyes();
    const page = await eyes.open(new URL(places, bed.workspace.pageUrl), { theme });

    expect(await violations(page)).toEqual([]);

    await page.getByRole('link', { name: /^1 reply/ }).click();
    await page.getByRole('complementary', { name: 'Thread' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('a form with every input, and with what is wrong with it, violates no rule of axe', async () => {
    await using bed = await createTestbed();
    await using eyes = await openEyes();
    await bed.socketApp((app) => {
      app.shortcut('declare', async ({ ack, client, shortcut }) => {
        await ack();
        const view = {
          type: 'modal',
          callback_id: 'form',
          title: { type: 'plain_text', text: 'All' },
          submit: { type: 'plain_text', text: 'Send' },
          blocks: everyInput,
        };
        await client.apiCall('views.open', { trigger_id: shortcut.trigger_id, view });
      });
    });
    const page = await eyes.open(new URL(places, bed.workspace.pageUrl), { theme });

    await page.getByRole('button', { name: 'Shortcuts' }).click();
    await page.getByRole('menuitem', { name: 'Declare an incident' }).click();
    const dialog = page.getByRole('dialog', { name: 'All' });
    await dialog.waitFor();
    expect(await violations(page)).toEqual([]);

    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByText('Please complete this required field.').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('a phone shows every part without a violation', async () => {
    await using bed = await withEverything();
    await using eyes = await openEyes();
    const page = await eyes.open(new URL(places, bed.workspace.pageUrl), { theme, size: phone });

    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Channels' }).click();
    expect(await violations(page)).toEqual([]);
  });
});
