import { expect, it } from 'vitest';

import { eventually } from '#test/practice/shop/eventually.ts';
import { message, sees } from '#test/support/at-the-screen.ts';
import { tokenOf } from '#test/support/token-of.ts';
import { openWorld } from '#test/support/world.ts';

// Eight processes start one after the other, on whatever machine this is.
it('brings an incident to its end in two terminals, without Slack and without a bot', async () => {
  await using world = await openWorld();
  const bot = await world.startBot();
  const [ana, ben, dan] = await Promise.all([world.ana, world.ben, world.dan].map(tokenOf));
  if (!ana || !ben || !dan) throw new Error('nobody has a token');
  await world.breakProduction();
  const [id = ''] = await eventually(async () => {
    const found = await world.incidents();
    return found.length > 0 ? found : null;
  });
  await sees(world.ana, message(/What do we do\?/));
  await bot.close();

  const following = world.terminal(ana, 'run', '--resume', id);
  await following.says(/No bot is running: this terminal does the work/);
  await following.says(/rollback +Roll back 1842 → 1841 {2}\(recommended\)/);
  await following.says(/To answer: handrail choose run-\S+ rollback\|/);

  const chosen = world.terminal(ana, 'choose', id, 'rollback');
  expect(await chosen.ended()).toBe(0);
  await following.says(/To approve, somebody else/);

  const [own, stranger] = [
    world.terminal(ana, 'approve', id, '--yes'),
    world.terminal(dan, 'approve', id, '--yes'),
  ];
  expect(await own.ended()).toBe(1);
  expect(own.output()).toContain('You asked for this, so somebody else must approve it');
  expect(await stranger.ended()).toBe(1);
  expect(stranger.output()).toContain('Only a member of payments-oncall');
  expect(await world.rollbacks()).toEqual([]);

  const approved = world.terminal(ben, 'approve', id, '--yes');
  expect(await approved.ended()).toBe(0);
  expect(approved.output()).toMatch(/Roll back checkout in production: from 1842 to 1841/);
  await following.says(/Healthy again, and staying so: /);
  await following.says(/To answer: handrail choose run-\S+ resolve\|keep-open/);
  expect(await world.terminal(ana, 'choose', id, 'resolve').ended()).toBe(0);
  expect(await following.ended()).toBe(0);

  expect(await world.rollbacks()).toMatchObject([{ status: 'succeeded' }]);
  const { record } = await world.record(id);
  expect(record.entries.filter(({ kind }) => kind === 'approval')).toMatchObject([
    { actor: { kind: 'person', id: 'U0BEN', name: 'ben' } },
  ]);

  // Slack is back: what was held back is shown there.
  await world.startBot();
  await sees(world.ana, message(/Resolved\. Deploy 1842 shipped/));
}, 180_000);
