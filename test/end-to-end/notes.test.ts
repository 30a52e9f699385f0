import { expect, it, vi } from 'vitest';

import { objectOf, textOf } from '#domain/json.ts';
import { copiesIn } from '#domain/timeline/copies-in.ts';
import { incidentChannel, message, sees } from '#test/support/at-the-screen.ts';
import { openWorld } from '#test/support/world.ts';

it('follows a message that was pinned to the timeline, until nobody has it pinned', async () => {
  await using world = await openWorld();
  await world.startBot();
  await world.ana.type('checkout', '/incident declare Cards are declined');
  await sees(world.ana, ({ modal }) => modal);
  await world.ana.submit({ Severity: 'SEV2' });
  const { name, id } = await sees(world.ana, incidentChannel);
  await world.ana.type(name, 'gateway A is down');
  const { ts } = await sees(world.ana, message(/gateway A is down/));
  const place = { channel: id, ts };

  await world.ana.react(place, 'pushpin');
  await reads({ text: 'gateway A is down' });
  await world.ana.edit(place, 'gateway A is slow');
  await reads({ text: 'gateway A is slow' });
  await world.ana.unreact(place, 'pushpin');
  await reads();
  await world.ana.react(place, 'pushpin');
  await reads({ text: 'gateway A is slow' });
  await world.ana.remove(place);
  await reads();

  async function reads(...expected: { text: string }[]): Promise<void> {
    const [incident = ''] = await world.incidents();
    await vi.waitFor(async () => {
      const { entries } = (await world.record(incident)).record;
      expect(entries.filter(({ kind }) => kind === 'note')).toMatchObject(expected);
    }, 20_000);
  }
});

it('keeps a picture that was noted, though its message goes', async () => {
  await using world = await openWorld();
  await world.startBot();
  await world.ana.type('checkout', '/incident declare Cards are declined');
  await sees(world.ana, ({ modal }) => modal);
  await world.ana.submit({ Severity: 'SEV3' });
  const { name } = await sees(world.ana, incidentChannel);
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
    'base64',
  );
  await world.ana.upload(name, 'graph.png', png, 'look at this');
  const posted = await sees(world.ana, message(/look at this/));
  await world.ana.shortcut('add_to_timeline', posted);

  const [incident = ''] = await world.incidents();
  const files = await vi.waitFor(async () => {
    const { entries } = (await world.record(incident)).record;
    const note = entries.find(({ kind }) => kind === 'note');
    const [file] = copiesIn(note?.evidence ?? null);
    expect(file).toMatchObject({ name: 'graph.png' });
    return file;
  }, 20_000);
  const { type, data } = objectOf(await world.store.mark('picture', files?.copy ?? ''));
  expect(type).toBe('image/png');
  expect(Buffer.from(textOf(data), 'base64').equals(png)).toBe(true);
});
