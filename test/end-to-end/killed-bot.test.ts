import { expect, it } from 'vitest';

import { eventually } from '#test/practice/shop/eventually.ts';
import { buttonForMe, message, presses, recommended, sees } from '#test/support/at-the-screen.ts';
import { openWorld } from '#test/support/world.ts';

/** A dead worker is given up after six seconds; the rest is for a busy machine. */
const takenOverWithinMs = 15_000;

it.concurrent('finishes a rollback once, after the bot was killed in the middle of it', async () => {
  await using world = await openWorld({ shop: { stageMs: { deploy: 10, rollback: 700 } } });
  const first = await world.spawnBot();
  await world.breakProduction();
  await presses(world.ana, recommended(/^Roll back 1842 → 1841$/));
  await presses(world.ben, buttonForMe(/^Approve rollback$/));
  await eventually(async () => (await world.rollbacks()).length === 1);

  await first.kill();
  const killedAt = performance.now();
  await world.spawnBot();

  await eventually(async () => isDone(world), { withinMs: takenOverWithinMs });
  process.stderr.write(`taken over in ${Math.round(performance.now() - killedAt)} ms\n`);
  await sees(world.ana, message(/Rolled back 1842 → 1841/));
  expect(await world.rollbacks()).toMatchObject([{ status: 'succeeded' }]);
});

it.concurrent('does what was acknowledged, once, though the bot was killed right after', async () => {
  await using world = await openWorld();
  const first = await world.spawnBot();
  await world.breakProduction();
  await presses(world.ana, recommended(/^Roll back 1842 → 1841$/));
  const approve = await sees(world.ben, buttonForMe(/^Approve rollback$/));

  expect(await world.ben.press(approve)).toMatchObject({ ok: true });
  await first.kill();
  await world.spawnBot();

  await eventually(async () => isDone(world), { withinMs: 2 * takenOverWithinMs });
  expect(await world.rollbacks()).toMatchObject([{ status: 'succeeded' }]);
});

async function isDone(world: Awaited<ReturnType<typeof openWorld>>): Promise<boolean> {
  const [id = ''] = await world.incidents();
  const { events } = await world.record(id);
  return events.some(
    ({ event }) =>
      event.type === 'StepFinished' && event.step === 'rollback' && event.status === 'succeeded',
  );
}
