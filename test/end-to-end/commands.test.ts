import { expect, it } from 'vitest';

import { eventually } from '#test/practice/shop/eventually.ts';
import { findAnywhere, message, presses, sees, whisper } from '#test/support/at-the-screen.ts';
import { openWorld } from '#test/support/world.ts';

it('starts a runbook by its form, steers it by buttons and stops it', async () => {
  await using world = await openWorld();
  await world.startBot();

  await world.ana.type('#checkout', '/runbook start checkout-bad-gateway-url');
  await sees(world.ana, ({ modal }) => modal?.title === 'Start a runbook');
  expect(await world.ana.submit({ environment: 'production' })).toMatchObject({ ok: true });
  // All is well, so the runbook takes it for a false alarm and asks to resolve.
  await sees(world.ana, message(/False alarm/));

  await pressAndFill(/^Go to step$/, { Step: 'Decide' });
  await sees(world.ana, message(/What do we do\?/));
  await pressAndFill(/^Check again$/, { Step: 'Do the shipped URLs point at the right hosts' });
  await sees(world.ana, message(/Do the shipped URLs point at the right hosts\n🟢 OK/));
  await pressAndFill(/^Skip step$/, { Reason: 'We know what to do' });
  await sees(world.ana, message(/Decide · Skipped/));
  await world.ana.type('#checkout', '/runbook status');
  await sees(world.ana, whisper(/Decide: Skipped/));
  await world.ana.type('#checkout', '/runbook stop');
  await sees(world.ana, ({ modal }) => modal?.title === 'Stop the runbook');
  expect(await world.ana.submit({ Reason: 'Enough seen' })).toMatchObject({ ok: true });

  await sees(world.ana, message(/Stopped/));
  const [run = ''] = await world.store.streams({ prefix: 'run-', limit: 1 });
  await eventually(
    async () => (await world.record(run)).stream.runs[run]?.end?.status === 'stopped',
  );
  expect(await world.rollbacks()).toEqual([]);

  async function pressAndFill(label: RegExp, values: Record<string, string>): Promise<void> {
    await presses(world.ana, findAnywhere(label));
    await sees(world.ana, ({ modal }) => modal);
    expect(await world.ana.submit(values)).toMatchObject({ ok: true });
  }
});
