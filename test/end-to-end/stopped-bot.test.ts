import { expect, it } from 'vitest';

import { eventually } from '#test/practice/shop/eventually.ts';
import { stormOnRecord } from '#test/storm/alert-storm.ts';
import { buttonForMe, message, presses, recommended, sees } from '#test/support/at-the-screen.ts';
import { openWorld, type World } from '#test/support/world.ts';

it('stops in the middle of a rollback and of alerts, and loses nothing that it had taken', async () => {
  await using world = await openWorld({ shop: { stageMs: { deploy: 10, rollback: 2_000 } } });
  const first = await world.spawnBot();
  await world.breakProduction();
  await presses(world.ana, recommended(/^Roll back 1842 → 1841$/));
  await presses(world.ben, buttonForMe(/^Approve rollback$/));
  await eventually(async () => (await world.rollbacks()).length === 1);
  const load = underLoad(world, first.webUrl);
  await eventually(() => load.taken.length >= 5);

  const toldAt = performance.now();
  expect(await first.terminate()).toBe(0);
  process.stderr.write(`stopped in ${Math.round(performance.now() - toldAt)} ms\n`);
  await load.over;

  expect(load.readiness).toEqual([200, 503]);
  expect(load.answers.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  await world.spawnBot();
  await sees(world.ana, message(/Rolled back 1842 → 1841/));
  expect(await world.rollbacks()).toMatchObject([{ status: 'succeeded' }]);
  const recorded = [...(await stormOnRecord(world.store, 1_000)).values()].flat();
  expect(recorded.toSorted()).toEqual(expect.arrayContaining(load.taken.toSorted()));
  expect(new Set(recorded).size).toBe(recorded.length);
});

/** Alerts, one after the other, and looks at `/readyz`, until nobody answers any more. */
function underLoad(world: World, webUrl: string) {
  const taken: string[] = [];
  const answers: number[] = [];
  const readiness: number[] = [];

  async function alerts(): Promise<void> {
    for (let index = 0; ; index += 1) {
      const fingerprint = `storm-${index}`;
      const group = `storm-${index % 2}`;
      const { status } = await world.postAlert(webUrl, { group, fingerprint });
      answers.push(status);
      if (status === 200) taken.push(fingerprint);
    }
  }

  async function looks(): Promise<void> {
    for (;;) {
      const { status } = await fetch(`${webUrl}/readyz`, { headers: { connection: 'close' } });
      if (readiness.at(-1) !== status) readiness.push(status);
    }
  }

  return { taken, answers, readiness, over: Promise.allSettled([alerts(), looks()]) };
}
