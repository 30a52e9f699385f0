import { expect, it } from 'vitest';

import { eventually } from '#test/practice/shop/eventually.ts';
import {
  findAnywhere,
  incidentChannel,
  message,
  presses,
  sees,
  whisper,
} from '#test/support/at-the-screen.ts';
import { freePort } from '#test/support/free-port.ts';
import { openWorld } from '#test/support/world.ts';

it.concurrent('declares, notes and resolves by commands and forms over signed HTTP', async () => {
  await using world = await openWorld();
  const port = await freePort();
  await world.startBot({
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: world.workspace.signingSecret,
    HANDRAIL_SLACK_PORT: String(port),
  });
  world.workspace.useRequestUrl(`http://127.0.0.1:${port}/slack/events`);

  expect(await world.ana.type('#checkout', '/incident declare')).toMatchObject({ ok: true });
  await sees(world.ana, ({ modal }) => modal?.title === 'Declare an incident');
  expect(
    await world.ana.submit({ 'What is wrong?': 'Checkout is slow', Severity: 'SEV2' }),
  ).toMatchObject({ ok: true });
  const { name } = await sees(world.ana, incidentChannel);
  await world.ana.type(name, '/incident note The CDN looks fine');
  await sees(world.ana, whisper(/On the timeline/));
  await world.ana.type(name, '/incident resolve');
  await sees(world.ana, ({ modal }) => modal?.title === 'Resolve the incident');
  expect(await world.ana.submit({ Cause: 'A slow query' })).toMatchObject({ ok: true });

  await sees(world.ana, (sight) => incidentChannel(sight)?.topic.startsWith('SEV2 · resolved'));
  const [id = ''] = await world.incidents();
  const { record } = await world.record(id);
  expect(record.incident).toMatchObject({ title: 'Checkout is slow', cause: 'A slow query' });
  expect(record.entries.map(({ text }) => text).join('\n')).toContain('The CDN looks fine');
});

it.concurrent('starts a runbook by its form, steers it by buttons and stops it', async () => {
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
  await sees(world.ana, message(/Do the shipped URLs point at the right hosts\*? · OK/));
  await pressAndFill(/^Skip step$/, { Reason: 'We know what to do' });
  await sees(world.ana, message(/Decide.* · Skipped/));
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
