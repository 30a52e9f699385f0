import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it, vi } from 'vitest';

import { button, incidentChannel, message, presses, sees } from '#test/support/at-the-screen.ts';
import { openWorld } from '#test/support/world.ts';

it('reminds of an update, puts it off and archives the channel, though the bot was killed', async () => {
  await using world = await openWorld();
  await using hasty = await hastySettings();
  const first = await world.spawnBot({ HANDRAIL_RUNBOOKS: hasty.folder });
  const { ana } = world;
  await ana.type('checkout', '/incident declare Cards are declined');
  await sees(ana, ({ modal }) => modal);
  await ana.submit({ Severity: 'SEV1' });
  const { name } = await sees(ana, incidentChannel);
  await first.kill();
  await world.spawnBot({ HANDRAIL_RUNBOOKS: hasty.folder });

  await sees(ana, message(/An update is due\..*> Cards are declined since/s));
  await presses(ana, button(/^90 min$/));
  await sees(ana, message(/An update was due\. Put off to \d\d:\d\d UTC by @ana/));
  await ana.type(name, '/incident resolve');
  await sees(ana, ({ modal }) => modal?.title === 'Resolve the incident');
  await ana.submit({ Cause: 'A false alarm' });
  await sees(ana, ({ channels }) => channels.find((one) => one.name === name && one.archived));
  const [incident = ''] = await world.incidents();
  await vi.waitFor(
    async () =>
      expect((await world.record(incident)).stream.incident).toMatchObject({
        status: 'resolved',
        archive: { done: true },
      }),
    { timeout: 20_000 },
  );
});

/** The shipped settings, in a hurry. */
async function hastySettings(): Promise<AsyncDisposable & { folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'handrail-hasty-'));
  await cp('runbooks', folder, { recursive: true });
  const file = path.join(folder, 'handrail.yaml');
  const text = await readFile(file, 'utf8');
  const hasty = text
    .replace('updateEvery: 30m', 'updateEvery: 15s')
    .replace('archiveAfter: 7d', 'archiveAfter: 2s');
  await writeFile(file, hasty);
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
