import { expect, it } from 'vitest';

import type { Control, Person, Sight } from '#practice/slack/person.ts';
import { practiceWindows } from '#src/practice-overlay.ts';
import { button, buttonForMe, message, recommended, sees } from '#test/support/at-the-screen.ts';
import { openWorld } from '#test/support/world.ts';

/** What a busy test machine may add to the second and the 250 ms that are promised. */
const ackWithinMs = 1_000;
const shownWithinMs = 3_000;

it('acknowledges each press at once, shows its result soon, and finds something within seconds', async () => {
  // At practice's own pace: in seconds, all of an incident would not fit into Slack's limits.
  await using world = await openWorld({
    windows: practiceWindows,
    shop: { stageMs: { deploy: 100, rollback: 1_500 } },
  });
  await world.startBot();
  const shown: Record<string, number> = {};

  /** Presses as soon as the button is there, and waits until the screen says what came of it. */
  async function pressAndSee(
    person: Person,
    look: (sight: Sight) => Control | undefined | null | false,
    result: (sight: Sight) => unknown,
  ): Promise<void> {
    const control = await sees(person, look);
    const pressedAt = performance.now();
    expect(await person.press(control)).toMatchObject({ ok: true });
    await sees(person, (sight) => Boolean(result(sight)));
    shown[control.label] = performance.now() - pressedAt;
  }

  await world.breakProduction();
  await sees(world.ana, message(/% of orders fail/));
  const foundAt = Date.now();

  await pressAndSee(world.ana, button(/^Take command$/), message(/Commander: .*ana/));
  await pressAndSee(world.ana, recommended(/^Roll back 1842/), button(/^Approve rollback$/));
  await pressAndSee(world.ben, buttonForMe(/^Approve rollback$/), message(/Approved by/));
  await pressAndSee(world.ana, recommended(/^Resolve$/), message(/\*Resolved\*/));

  const [id = ''] = await world.incidents();
  const { stream } = await world.record(id);
  const alertAt = Date.parse(stream.incident?.declaredAt ?? '');
  const acks = world.workspace.acks().map(({ name, ms }) => ({ name, ms }));
  process.stderr.write(
    `${JSON.stringify({ acks, shown, firstFinding: foundAt - alertAt }, roundMs)}\n`,
  );

  expect(foundAt - alertAt).toBeLessThan(5_000);
  expect(acks).toHaveLength(4);
  for (const { ms } of acks) expect(ms).toBeLessThan(ackWithinMs);
  for (const ms of Object.values(shown)) expect(ms).toBeLessThan(shownWithinMs);
});

function roundMs(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value) : value;
}
