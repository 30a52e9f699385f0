import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';

import { incidentChannel, message, sees, whisper } from '#test/support/at-the-screen.ts';
import { openWorld } from '#test/support/world.ts';

it('does nothing twice when all that people asked for is dealt with again', async () => {
  await using world = await openWorld();
  const first = await world.startBot();
  await world.ana.type('checkout', '/incident declare Cards are declined');
  await sees(world.ana, ({ modal }) => modal);
  await world.ana.submit({ Severity: 'SEV2' });
  const { name } = await sees(world.ana, incidentChannel);
  await world.ana.type(name, '/incident note the gateway says that all is well');
  await sees(world.ana, whisper(/On the timeline/));
  await world.ana.type(name, '/runbook start checkout-smoke');
  await sees(world.ana, ({ modal }) => modal);
  await world.ana.submit({ Mode: 'Live' });
  await sees(world.ana, message(/A test order went through/));
  const [id = '', ...others] = await world.incidents();
  expect(others).toEqual([]);
  const before = await world.record(id);

  await first.close();
  await sql`update inbox set done_at = null, taken_at = now() - interval '1 minute'`.execute(
    world.db,
  );
  await world.startBot();
  await vi.waitFor(async () => {
    const { rows } = await sql`select from inbox where done_at is null`.execute(world.db);
    expect(rows).toEqual([]);
  }, 20_000);

  expect(await world.incidents()).toEqual([id]);
  const kinds = before.events.map(({ event }) => event.type);
  expect((await world.record(id)).events.map(({ event }) => event.type)).toEqual(kinds);
});
