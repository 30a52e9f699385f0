import { expect, it } from 'vitest';

import { BEN, createTestbed, OPS } from '#test/practice/slack/support/testbed.ts';

import { pressBlocks, progressBlocks, textBlocks } from './support/every-block.ts';
import { openEyes } from './support/look.ts';

/** The smallest picture there is. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

it('shows every block that the API takes, as somebody hears it who cannot see', async () => {
  await using bed = await createTestbed({ rateLimits: false });
  await using eyes = await openEyes();
  for (const blocks of [textBlocks, progressBlocks, pressBlocks]) {
    await bed.api('chat.postMessage', { channel: OPS, text: 'x', blocks });
  }
  const page = await eyes.open(new URL(`?as=${BEN}&channel=${OPS}`, bed.workspace.pageUrl));

  const articles = await page.locator('.message .body').all();
  const heard = await Promise.all(articles.map((article) => article.ariaSnapshot()));

  await expect(`${heard.join('\n').replaceAll(/\d\d:\d\d$/gm, '00:00')}\n`).toMatchFileSnapshot(
    'every-block.txt',
  );
});

it('shows a picture that the app has uploaded, and of one from elsewhere what it shows', async () => {
  await using bed = await createTestbed({ fileProcessingMs: 0 });
  await using eyes = await openEyes();
  const upload = await bed.api('files.getUploadURLExternal', {
    filename: 'chart.png',
    length: dot.length,
  });
  await fetch(String(upload['upload_url']), { method: 'POST', body: dot });
  await bed.api('files.completeUploadExternal', {
    files: [{ id: upload['file_id'], title: 'Chart' }],
  });
  const blocks = [
    { type: 'image', slack_file: { id: upload['file_id'] }, alt_text: 'Error rate: 42 % at 09:10' },
    { type: 'image', image_url: 'https://elsewhere.example/x.png', alt_text: 'From elsewhere' },
  ];
  expect(await bed.api('chat.postMessage', { channel: OPS, text: 'x', blocks })).toMatchObject({
    ok: true,
  });
  const page = await eyes.open(new URL(`?as=${BEN}&channel=${OPS}`, bed.workspace.pageUrl));

  await page.getByRole('img', { name: 'Error rate: 42 % at 09:10' }).waitFor();
  const width = () => page.evaluate('document.querySelector(".messages img").naturalWidth');
  await expect.poll(width).toBe(1);
  expect(await page.getByText('From elsewhere').count()).toBe(1);
});
