import { expect, it } from 'vitest';

import { eventually } from '#test/practice/shop/eventually.ts';
import {
  button,
  incidentChannel,
  message,
  presses,
  recommended,
  sees,
} from '#test/support/at-the-screen.ts';
import { openWorld } from '#test/support/world.ts';

it('goes on when a message is deleted, connections drop, and a form is sent after the run has moved on', async () => {
  await using world = await openWorld();
  await world.startBot();
  await world.breakProduction();
  const offer = await sees(world.ana, recommended(/^Roll back 1842/));
  const deleted = { channel: offer.channel ?? '', ts: offer.ts ?? '' };

  world.workspace.removeMessage(deleted);
  const again = await sees(world.ana, (sight) => {
    const found = recommended(/^Roll back 1842/)(sight);
    return found && found.ts !== deleted.ts && found;
  });
  expect(again.channel).toBe(deleted.channel);

  world.workspace.cutSocket();
  await presses(world.ana, button(/^Stop$/));
  await sees(world.ana, ({ modal }) => modal);
  await presses(world.ben, button(/^Stop$/));
  await sees(world.ben, ({ modal }) => modal);
  expect(await world.ben.submit({ Reason: 'It was a false alarm' })).toMatchObject({ ok: true });
  await sees(world.ana, message(/Stopped/));

  const late = await world.ana.submit({ Reason: 'It was a false alarm' });
  await eventually(async () => world.workspace.connections() === 2);
  expect(JSON.stringify(late)).toMatch(/over|ended|stopped|not running/i);
  expect(await world.rollbacks()).toEqual([]);
  expect(incidentChannel(await world.ana.see())?.topic).toContain('open');
});
