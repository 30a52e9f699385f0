import { expect, it } from 'vitest';

import { eventually } from '#test/practice/shop/eventually.ts';
import {
  button,
  buttonForMe,
  message,
  presses,
  recommended,
  sees,
  whisper,
} from '#test/support/at-the-screen.ts';
import { openWorld, type World } from '#test/support/world.ts';

it.concurrent('lets one of two approvers win, and tells the other who was first', async () => {
  await using world = await openWorld();
  await world.startBot();
  await askForRollback(world);

  const [ofBen, ofCleo] = await Promise.all([
    sees(world.ben, buttonForMe(/^Approve rollback$/)),
    sees(world.cleo, buttonForMe(/^Approve rollback$/)),
  ]);
  await Promise.all([world.ben.press(ofBen), world.cleo.press(ofCleo)]);

  await eventually(async () => (await world.rollbacks())[0]?.status === 'succeeded');
  expect(await world.rollbacks()).toHaveLength(1);
  const approvals = await eventsOf(world, 'Approved');
  expect(approvals).toHaveLength(1);
  const [first, second] =
    approvals[0]?.actor.id === world.ben.id ? ['ben', world.cleo] : ['cleo', world.ben];
  await sees(second, whisper(new RegExp(`Already answered: .* by ${first}`)));
});

it.concurrent('refuses the approval of the one who asked, with a sentence, and changes nothing', async () => {
  await using world = await openWorld();
  await world.startBot();
  await askForRollback(world);

  await presses(world.ana, button(/^Approve rollback$/));

  await sees(world.ana, whisper(/You asked for this, so somebody else must approve it/));
  expect(await eventsOf(world, 'Approved')).toEqual([]);
  expect(await world.rollbacks()).toEqual([]);
});

it.concurrent('finds at the moment of the approval that somebody has rolled back elsewhere', async () => {
  await using world = await openWorld();
  await world.startBot();
  const bad = await askForRollback(world);

  await world.deployApi(
    'POST',
    '/rollbacks',
    { from: bad.id, to: 'production-3', reason: 'by hand' },
    'somebody-else',
  );
  await eventually(async () => (await world.running())?.build === '1841');
  await presses(world.ben, buttonForMe(/^Approve rollback$/));

  await eventually(async () =>
    (await eventsOf(world, 'StepFinished')).some(
      (event) => event.type === 'StepFinished' && event.outcome === 'notNeeded',
    ),
  );
  await sees(world.ana, message(/Already on 1841 since/));
  expect((await world.rollbacks()).map(({ key }) => key)).toEqual(['somebody-else']);
});

/** Ana has asked to roll the bad build back; nobody has answered yet. */
async function askForRollback(world: World) {
  const bad = await world.breakProduction();
  await presses(world.ana, recommended(/^Roll back 1842 → 1841$/));
  await sees(world.ana, button(/^Approve rollback$/));
  return bad;
}

async function eventsOf(world: World, type: string) {
  const [id = ''] = await world.incidents();
  const { events } = await world.record(id);
  return events.map(({ event }) => event).filter((event) => event.type === type);
}
