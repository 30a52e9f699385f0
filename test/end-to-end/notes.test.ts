import { expect, it, vi } from 'vitest';

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
